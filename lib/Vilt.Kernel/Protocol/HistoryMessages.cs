namespace Vilt.Kernel.Protocol;

/// <summary>Asks for code that was run: the last lines, a range of lines, or those that match a pattern.</summary>
internal sealed record HistoryRequest(
    string HistAccessType,
    bool Output = false,
    bool Raw = true,
    int Session = 0,
    int Start = 0,
    int? Stop = null,
    int? N = null,
    string? Pattern = null,
    bool Unique = false);

/// <summary>Lines of history: session, line, and the code, or the code with its output.</summary>
internal sealed record HistoryReply(IReadOnlyList<object[]> History, string Status = "ok");
