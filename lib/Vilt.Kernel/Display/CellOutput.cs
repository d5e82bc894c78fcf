namespace Vilt.Kernel.Display;

/// <summary>One output of a cell. A host gets them in the order in which they happened.</summary>
public abstract record CellOutput;

/// <summary>Text written to the console.</summary>
/// <param name="Name">"stdout" or "stderr".</param>
/// <param name="Text">What was written since the last such output.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput;

/// <summary>A value shown with <c>display</c>.</summary>
/// <param name="Bundle">The value in its MIME types.</param>
/// <param name="DisplayId">Names the place, so that <see cref="UpdateDisplay"/> can change it.</param>
public sealed record DisplayData(MimeBundle Bundle, string DisplayId) : CellOutput;

/// <summary>New content for a value that was shown before.</summary>
/// <param name="Bundle">The new value in its MIME types.</param>
/// <param name="DisplayId">The id of the <see cref="DisplayData"/> to change.</param>
public sealed record UpdateDisplay(MimeBundle Bundle, string DisplayId) : CellOutput;

/// <summary>Takes away the cell's outputs so far.</summary>
/// <param name="Wait">Whether they stay until the next output comes, so that nothing flickers.</param>
public sealed record ClearOutput(bool Wait) : CellOutput;

/// <summary>The value of a cell's last expression.</summary>
/// <param name="Bundle">The value in its MIME types.</param>
public sealed record ExecuteResult(MimeBundle Bundle) : CellOutput;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The exception's type, or the first compiler error's id.</param>
/// <param name="Message">What went wrong, in about a sentence.</param>
/// <param name="Traceback">What a reader is shown: the message, then the places in the cells.</param>
/// <param name="Line">The 1-based line of the cell at fault; null where none is known.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback, int? Line) : CellOutput;
