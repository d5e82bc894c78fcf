namespace Vilt.Notebooks.Students;

/// <summary>The marks of a cell's solutions don't fit together.</summary>
internal sealed class SolutionMarkException(int line, string problem) : Exception(problem)
{
    /// <summary>The line of the cell, from 1.</summary>
    public int Line => line;
}
