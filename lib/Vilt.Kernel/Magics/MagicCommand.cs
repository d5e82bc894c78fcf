namespace Vilt.Kernel.Magics;

/// <summary>A command that a line beginning with <c>#!</c> calls.</summary>
/// <param name="Name">Its name, with the mark.</param>
/// <param name="Help">What it does, in one sentence.</param>
/// <param name="Run">Does it.</param>
internal sealed record MagicCommand(string Name, string Help, Func<MagicCall, Task> Run)
{
    /// <summary>Other names for it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The options that it knows, each followed by a value.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Whether it takes a value without an option name.</summary>
    public bool TakesValue { get; init; }

    /// <summary>Whether the lines below it, up to the next command, are its own text and not C#.</summary>
    public bool TakesText { get; init; }
}
