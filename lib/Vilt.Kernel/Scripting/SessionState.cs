using Microsoft.CodeAnalysis.CSharp;

namespace Vilt.Kernel.Scripting;

/// <summary>What the next cell continues.</summary>
/// <param name="Compilation">The submission that ran last.</param>
/// <param name="Submissions">
/// The objects that hold the cells' variables, one for each cell with code, at the indexes that the compiler gives them. The first
/// is for an object of the host, and stays empty.
/// </param>
internal sealed record SessionState(CSharpCompilation Compilation, object?[] Submissions)
{
    /// <summary>The state after a cell, with a place for it where it needs one. This state stays as it is.</summary>
    public SessionState With(CompiledCell cell) =>
        new(cell.Compilation, cell.Run is null ? Submissions : [.. Submissions, null]);
}
