using System.Text.Json.Nodes;
using Vilt.Data;

namespace Vilt.Tests.Data;

public class VqaAccuracyTests
{
    [Fact]
    public void Normalizes_as_the_official_evaluation_does()
    {
        foreach (var @case in Goldens.Json("metric", "normalise.json")["cases"]!.AsArray())
        {
            var answer = (string)@case!["in"]!;
            Assert.Equal((answer, (string)@case["out"]!), (answer, VqaAccuracy.Normalize(answer)));
        }
    }

    [Fact]
    public void Scores_each_question_as_the_official_evaluation_does()
    {
        foreach (var @case in Goldens.Json("metric", "vqa_accuracy.json")["cases"]!.AsArray())
        {
            var score = VqaAccuracy.Score((string)@case!["prediction"]!, AnswersOf(@case));
            Assert.Equal((@case.ToJsonString(), (double)@case["accuracy"]!), (@case.ToJsonString(), score));
        }
    }

    [Fact]
    public void Averages_overall_and_by_type_as_the_official_evaluation_does()
    {
        var batch = Goldens.Json("metric", "vqa_accuracy.json")["batch"]!;
        var evaluation = new VqaEvaluation();
        foreach (var question in batch["questions"]!.AsArray())
        {
            var percent = evaluation.Add(AnnotationOf(question!), (string)question!["prediction"]!);
            Assert.Equal((double)batch["per_question"]![question["question_id"]!.ToString()]!, percent);
        }

        Assert.Equal(batch["questions"]!.AsArray().Count, evaluation.Count);
        Assert.Equal((double)batch["overall"]!, evaluation.Overall);
        Assert.Equal(Numbers(batch["per_question"]!), evaluation.ByQuestion.ToDictionary(score => $"{score.Key}", score => score.Value));
        Assert.Equal(Numbers(batch["per_question_type"]!), evaluation.ByQuestionType);
        Assert.Equal(Numbers(batch["per_answer_type"]!), evaluation.ByAnswerType);
    }

    [Fact]
    public void Rounds_a_half_away_from_zero()
    {
        var evaluation = new VqaEvaluation(); // sixteen questions, one of them at 90 %: 5.625
        VqaAnswer[] answers = [.. Enumerable.Range(0, 10).Select(i => new VqaAnswer(i, i < 3 ? "cat" : $"{i}", "yes"))];
        for (var id = 0; id < 16; id++)
        {
            evaluation.Add(new VqaAnnotation(id, 1, "is", "other", "cat", answers), id == 0 ? "cat" : "dog");
        }

        Assert.Equal(5.63, evaluation.Overall);
    }

    [Fact]
    public void Leaves_out_every_record_that_equals_the_annotators_own()
    {
        VqaAnswer[] same = [.. Enumerable.Repeat(new VqaAnswer(1, "cat", "yes"), 10)];
        VqaAnswer[] numbered = [.. same.Select((answer, i) => answer with { AnswerId = i + 1 })];
        Assert.Equal(0, VqaAccuracy.Score("cat", same));
        Assert.Equal(100, VqaAccuracy.Score("cat", numbered));
        Assert.Equal(10, VqaAccuracy.Score("cat", [.. same[1..], same[0] with { Answer = "dog" }])); // the dog's annotator sees nine cats
    }

    [Fact]
    public void Gives_no_number_where_nothing_was_counted() => Assert.Equal(double.NaN, new VqaEvaluation().Overall);

    [Fact]
    public void Refuses_a_question_without_answers_and_one_counted_twice()
    {
        var annotation = new VqaAnnotation(7, 1, "is the", "yes/no", "yes", [new VqaAnswer(1, "yes", "yes")]);
        var evaluation = new VqaEvaluation();
        evaluation.Add(annotation, "yes");
        Assert.Contains("Question 7", Assert.Throws<ArgumentException>(() => evaluation.Add(annotation, "yes")).Message);
        Assert.Throws<ArgumentException>(() => VqaAccuracy.Score("yes", []));
        Assert.Equal(1, evaluation.Count);
    }

    private static VqaAnswer[] AnswersOf(JsonNode question) =>
        [.. question["answers"]!.AsArray().Select((answer, i) => new VqaAnswer(i + 1, (string)answer!, "yes"))];

    private static VqaAnnotation AnnotationOf(JsonNode question) => new(
        (long)question["question_id"]!, 1, (string)question["question_type"]!, (string)question["answer_type"]!, "", AnswersOf(question));

    private static Dictionary<string, double> Numbers(JsonNode node) =>
        node.AsObject().ToDictionary(field => field.Key, field => (double)field.Value!);
}
