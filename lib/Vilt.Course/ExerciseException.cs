namespace Vilt.Course;

/// <summary>An exercise is not solved yet. The message says what is wrong and where to look, in lines that nbgrader shows whole.</summary>
public sealed class ExerciseException : Exception
{
    /// <summary>The longest line that nbgrader's <c>validate</c> shows whole: its width of 90, less an indent of 4 and three dots.</summary>
    internal const int LongestLine = 83;

    /// <summary>Makes the exception.</summary>
    /// <param name="wrong">What is wrong. A host puts the exception's name before it.</param>
    /// <param name="look">Where to look, a line each.</param>
    public ExerciseException(string wrong, params IEnumerable<string> look)
        : base(string.Join('\n', look.Prepend(wrong)))
    {
    }
}
