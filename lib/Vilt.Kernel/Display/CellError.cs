namespace Vilt.Kernel.Display;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The exception's type, or the first compiler error's id.</param>
/// <param name="Message">What went wrong, in one sentence or so.</param>
/// <param name="Traceback">What a reader is shown: the message, then the places in the cells.</param>
/// <param name="Line">The 1-based line of the cell at fault; null where none is known.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback, int? Line) : CellOutput;
