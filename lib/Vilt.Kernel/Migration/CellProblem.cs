namespace Vilt.Kernel.Migration;

/// <summary>Why a cell of a notebook would not run in this kernel.</summary>
/// <param name="Cell">Its number, the first being 1; Markdown cells count.</param>
/// <param name="Line">The line in the cell, or in the file of a .dib; the first is 1.</param>
/// <param name="Message">What is wrong, and what to write instead.</param>
internal sealed record CellProblem(int Cell, int Line, string Message);
