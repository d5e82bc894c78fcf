using Vilt.Data;
using Vilt.Notebooks.Training;

namespace Vilt.Notebooks.Tests.Training;

public sealed class RepeatedTypesTests
{
    private static readonly IReadOnlyList<VqaExample> Examples = [Example(1, "how many"), Example(2, "is the"), Example(3, "how many")];

    [Fact]
    public void A_type_is_asked_so_often_and_the_others_once() =>
        Assert.Equal([1, 1, 1, 2, 3, 3, 3], Ids(RepeatedTypes.Of(["how many=3"]).In(Examples)));

    [Fact]
    public void Nothing_is_repeated_unasked() => Assert.Equal([1, 2, 3], Ids(RepeatedTypes.Of([]).In(Examples)));

    [Fact]
    public void A_type_that_no_question_has_is_refused_with_those_there_are()
    {
        var refused = Assert.Throws<InvalidDataException>(() => RepeatedTypes.Of(["how much=2"]).In(Examples));
        Assert.Equal("--repeat how much: no question is of this type. There are: how many, is the.", refused.Message);
    }

    [Theory]
    [InlineData("how many")]
    [InlineData("how many=0")]
    [InlineData("=2")]
    public void A_value_of_another_form_is_refused(string value)
    {
        var error = Assert.Single(new System.CommandLine.RootCommand { RepeatedTypes.Option() }.Parse(["--repeat", value]).Errors);
        Assert.Equal($"--repeat {value}: expected TYPE=N, such as \"how many=3\".", error.Message);
    }

    private static IEnumerable<long> Ids(IEnumerable<VqaExample> examples) => examples.Select(example => example.Question.QuestionId);

    private static VqaExample Example(long id, string type) =>
        new(new VqaQuestion(id, 1, ""), new VqaAnnotation(id, 1, type, "other", "", []), "");
}
