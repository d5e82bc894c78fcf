namespace Vilt.Kernel.Language;

/// <summary>One thing that can stand at the cursor.</summary>
/// <param name="Text">What replaces the range of its <see cref="Completions"/>.</param>
/// <param name="Kind">What it is, in lower case: method, property, class, keyword, ….</param>
/// <param name="Signature">Its declaration in one line; null where the list is long and it is not among the first.</param>
/// <param name="Documentation">The summary of its documentation, if it has one; null as for <paramref name="Signature"/>.</param>
public sealed record CompletionItem(string Text, string Kind, string? Signature, string? Documentation);
