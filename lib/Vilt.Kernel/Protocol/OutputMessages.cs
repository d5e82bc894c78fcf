using System.Text.Json;

namespace Vilt.Kernel.Protocol;

/// <summary>Text that a cell wrote to its console.</summary>
internal sealed record StreamText(string Name, string Text);

/// <summary>What a notebook does not store: the name by which a display is updated.</summary>
internal sealed record Transient(string DisplayId);

/// <summary>A value shown, or the new value of one shown before.</summary>
internal sealed record DisplayContent(IReadOnlyDictionary<string, JsonElement> Data, Transient Transient)
{
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; } = new Dictionary<string, JsonElement>();
}

/// <summary>The value of a cell.</summary>
internal sealed record ExecuteResultContent(int ExecutionCount, IReadOnlyDictionary<string, JsonElement> Data)
{
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; } = new Dictionary<string, JsonElement>();
}

/// <summary>Takes away the cell's outputs, at once or when the next one comes.</summary>
internal sealed record ClearOutputContent(bool Wait);

/// <summary>The error that a cell shows.</summary>
internal sealed record ErrorContent(string Ename, string Evalue, IReadOnlyList<string> Traceback);
