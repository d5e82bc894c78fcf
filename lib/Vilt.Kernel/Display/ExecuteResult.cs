namespace Vilt.Kernel.Display;

/// <summary>The value of a cell's last expression.</summary>
/// <param name="Bundle">The value in its MIME types.</param>
public sealed record ExecuteResult(MimeBundle Bundle) : CellOutput;
