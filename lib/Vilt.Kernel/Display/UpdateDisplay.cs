namespace Vilt.Kernel.Display;

/// <summary>New content for a value that was shown before.</summary>
/// <param name="Bundle">The new value in its MIME types.</param>
/// <param name="DisplayId">The id of the <see cref="DisplayData"/> to change.</param>
public sealed record UpdateDisplay(MimeBundle Bundle, string DisplayId) : CellOutput;
