using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Vilt.Course;

/// <summary>Notebook 1: the score of an answer that some of the ten people gave.</summary>
[StackTraceHidden]
public static class SoftScoreExercise
{
    private const double Tolerance = 1e-6;
    private const int Enough = 3, People = 10;

    /// <summary>Checks the function.</summary>
    /// <param name="scoreOf">From the number of people who gave an answer to its score.</param>
    /// <param name="name">The variable, as the cell has it.</param>
    /// <returns>What was understood.</returns>
    /// <exception cref="ExerciseException">It is not done, or not right.</exception>
    public static string Check(Delegate? scoreOf, [CallerArgumentExpression(nameof(scoreOf))] string name = "")
    {
        var given = Answer.Of<Func<int, double>>(scoreOf, name, "a function from int to double");
        double one = given(1), enough = given(Enough), more = given(Enough + 1);
        if (one == 0 && Near(enough, 1))
        {
            throw new ExerciseException(
                $"{name}(1) is 0, and should be a third.",
                "Look at the division: what does C# make of 1 / 3, where both are whole numbers?");
        }

        if (Near(enough, (double)Enough / People))
        {
            throw new ExerciseException($"{name}({Enough}) is {enough:0.##}, not 1.", "Look at the formula: how many people are enough for the full score?");
        }

        if (more > 1 + Tolerance)
        {
            throw new ExerciseException($"{name}({Enough + 1}) is {more:0.##}, more than 1.", "Look at the formula: what keeps a score from growing on?");
        }

        if (Enumerable.Range(0, People + 1).FirstOrDefault(people => !Near(given(people), Score(people)), -1) is >= 0 and var wrong)
        {
            throw new ExerciseException($"{name}({wrong}) is {given(wrong):0.####}.", "Look at the formula, and put that number into it.");
        }

        return "Right: an answer counts in part for each who gave it, and fully from three people on.";
    }

    private static double Score(int people) => Math.Min(1, people / (double)Enough);

    private static bool Near(double a, double b) => Math.Abs(a - b) < Tolerance;
}
