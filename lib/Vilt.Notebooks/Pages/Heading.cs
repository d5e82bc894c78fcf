namespace Vilt.Notebooks.Pages;

/// <summary>A heading of the page, for its table of contents.</summary>
/// <param name="Level">1 for the largest.</param>
/// <param name="Text">Its text without markup.</param>
/// <param name="Id">Its anchor, which no other heading of the page has.</param>
internal sealed record Heading(int Level, string Text, string Id);
