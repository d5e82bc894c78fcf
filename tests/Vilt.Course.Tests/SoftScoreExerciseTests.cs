namespace Vilt.Course.Tests;

public class SoftScoreExerciseTests
{
    public static TheoryData<Func<int, double>, string> WrongAnswers => new()
    {
        { people => Math.Min(1, people / 3), "scoreOf(1) is 0, and should be a third." },
        { people => people / 10.0, "scoreOf(3) is 0.3, not 1." },
        { people => people / 3.0, "scoreOf(4) is 1.33, more than 1." },
        { people => people >= 3 ? 1 : 0.5, "scoreOf(0) is 0.5." },
        { people => people >= 3 ? 1 : people * 0.3, "scoreOf(1) is 0.3." },
        { people => double.NaN, "scoreOf(0) is NaN." },
    };

    [Fact]
    public void The_formula_is_right()
    {
        Func<int, double> scoreOf = people => Math.Min(1, people / 3.0);
        Assert.StartsWith("Right: ", SoftScoreExercise.Check(scoreOf), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public void A_wrong_answer_is_told(Func<int, double> scoreOf, string wrong) =>
        Assert.StartsWith(wrong, Unsolved.Message(() => SoftScoreExercise.Check(scoreOf)), StringComparison.Ordinal);

    [Fact]
    public void Another_kind_of_function_is_told()
    {
        Func<double, double> scoreOf = people => people;
        Assert.Equal(
            "scoreOf is of type Func<Double, Double>.\nThe exercise asks for a function from int to double.",
            Unsolved.Message(() => SoftScoreExercise.Check(scoreOf)));
    }
}
