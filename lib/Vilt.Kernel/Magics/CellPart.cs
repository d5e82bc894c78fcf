namespace Vilt.Kernel.Magics;

/// <summary>A stretch of a cell that runs by itself.</summary>
internal abstract record CellPart;

/// <summary>C# code, after as many empty lines as stand before it in the cell: errors then name the cell's own lines.</summary>
/// <param name="Code">The code.</param>
internal sealed record CodePart(string Code) : CellPart;

/// <summary>A magic command.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Command">What it runs.</param>
/// <param name="Text">The lines below it, for a command that takes them.</param>
internal sealed record MagicPart(MagicLine Line, MagicCommand Command, string Text) : CellPart;
