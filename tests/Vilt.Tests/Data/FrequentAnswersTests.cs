using Vilt.Data;

namespace Vilt.Tests.Data;

public sealed class FrequentAnswersTests
{
    [Fact]
    public void Are_those_of_enough_questions_in_alphabetical_order() =>
        Assert.Equal(["cat", "zebra"], FrequentAnswers.Of(Annotations("zebra", "cat", "dog", "zebra", "cat", "zebra"), atLeast: 2).Answers);

    [Fact]
    public void Nine_questions_are_enough_as_in_VQAv2()
    {
        string[] answers = [.. Enumerable.Repeat("yes", 9), .. Enumerable.Repeat("no", 8)];
        Assert.Equal(["yes"], FrequentAnswers.Of(Annotations(answers)).Answers);
    }

    [Fact]
    public void None_is_an_error_that_says_what_to_do() =>
        Assert.Contains("larger training set", Assert.Throws<ArgumentException>(() => FrequentAnswers.Of(Annotations("yes"))).Message);

    private static VqaAnnotation[] Annotations(params string[] answers) =>
        [.. answers.Select((answer, i) => new VqaAnnotation(i, i, "is", "other", answer, []))];
}
