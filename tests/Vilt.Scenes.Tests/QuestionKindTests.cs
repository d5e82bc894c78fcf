using Vilt.Scenes.Questions;

namespace Vilt.Scenes.Tests;

public class QuestionKindTests
{
    [Fact]
    public void Every_kind_has_its_types_and_one_that_is_none_is_refused()
    {
        var types = Enum.GetValues<ZooQuestionKind>().Select(QuestionTypes.QuestionType).ToList();
        Assert.Distinct(types);
        Assert.All(Enum.GetValues<ZooQuestionKind>(), kind => Assert.Contains(QuestionTypes.AnswerType(kind), (string[])["yes/no", "number", "other"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuestionTypes.QuestionType((ZooQuestionKind)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuestionTypes.AnswerType((ZooQuestionKind)99));
    }
}
