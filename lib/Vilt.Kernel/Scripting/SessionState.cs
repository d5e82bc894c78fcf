using Microsoft.CodeAnalysis.Scripting;

namespace Vilt.Kernel.Scripting;

/// <summary>What the next cell continues.</summary>
/// <param name="Script">The submission that ran last.</param>
/// <param name="Submissions">
/// The objects that hold the cells' variables, one for each cell with code, at the places that the compiler counts for them. The first
/// place is for an object of the host's, which there is none of.
/// </param>
internal sealed record SessionState(Script Script, object?[] Submissions)
{
    /// <summary>The state after a cell, with a place for it where it needs one. This state stays as it is.</summary>
    public SessionState With(CompiledCell cell) =>
        new(cell.Script, cell.Run is null ? Submissions : [.. Submissions, null]);
}
