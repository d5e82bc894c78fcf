namespace Vilt.Course.Tests;

/// <summary>What a check says of an answer that is not right.</summary>
internal static class Unsolved
{
    /// <summary>Gives the message, all of whose lines nbgrader shows whole.</summary>
    public static string Message(Func<string> check)
    {
        var thrown = Assert.Throws<ExerciseException>(check);
        Assert.All($"{typeof(ExerciseException).FullName}: {thrown.Message}".Split('\n'), line => Assert.InRange(line.Length, 1, ExerciseException.LongestLine));
        return thrown.Message;
    }
}
