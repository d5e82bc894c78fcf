namespace Vilt.Kernel.Language;

/// <summary>What can stand at the cursor.</summary>
/// <param name="Items">The choices, best first; none where nothing fits.</param>
/// <param name="Start">Where the range that a choice replaces begins, in UTF-16 units.</param>
/// <param name="End">Where that range ends, exclusive.</param>
public sealed record Completions(IReadOnlyList<CompletionItem> Items, int Start, int End);
