namespace Vilt.Shared;

/// <summary>One cell of a table.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsNumber">Whether it is a number: a column of numbers is set flush right.</param>
/// <param name="Html">What a page shows instead of the text, if anything.</param>
internal readonly record struct TableCell(string Text, bool IsNumber = false, string? Html = null);
