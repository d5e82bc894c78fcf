namespace Vilt.Kernel.Display;

/// <summary>A value shown with <c>display</c>.</summary>
/// <param name="Bundle">The value in its MIME types.</param>
/// <param name="DisplayId">Names the place, so that <see cref="UpdateDisplay"/> can change it.</param>
public sealed record DisplayData(MimeBundle Bundle, string DisplayId) : CellOutput;
