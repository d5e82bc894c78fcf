using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>One cell to run.</summary>
/// <param name="Id">Stays the same when the cell is run again.</param>
/// <param name="Number">The execution count that messages and stack traces name: "cell 7".</param>
/// <param name="Code">C# script.</param>
public sealed record Cell(string Id, int Number, string Code)
{
    private const string Prefix = "cell ";

    /// <summary>How the cell's code asks for input; null where nobody can be asked.</summary>
    public InputSource? Input { get; init; }

    /// <summary>The imported file, and its cell, that the code comes from; null for the cell's own.</summary>
    internal string? Part { get; init; }

    /// <summary>The file name that the compiler and the debug information know the cell by.</summary>
    internal string FileName => Part is null ? Prefix + Number : $"{Prefix}{Number}, {Part}";

    /// <summary>The cell's file name in a path that the compiler made of it, or null for the path of another file.</summary>
    internal static string? NameOf(string? path) =>
        Path.GetFileName(path) is { } name && name.StartsWith(Prefix, StringComparison.Ordinal) ? name : null;
}
