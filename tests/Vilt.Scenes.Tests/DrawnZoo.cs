using System.Text.Json.Nodes;

namespace Vilt.Scenes.Tests;

/// <summary>Two data sets of different seeds, drawn once for all tests that only read.</summary>
public sealed class DrawnZoo : IDisposable
{
    public const int Pictures = 300;
    public const int FirstSeed = 11;

    private readonly ZooFolder first = new(), second = new();

    public DrawnZoo()
    {
        Zoo.Draw(first.Zoo, Pictures, FirstSeed);
        Zoo.Draw(second.Zoo, Pictures, FirstSeed + 1);
        (First, Second) = (Records(first.Zoo), Records(second.Zoo));
        Masks = ZooMasks.Read(first.Zoo);
    }

    public string Folder => first.Zoo;

    public ZooMasks Masks { get; }

    public IReadOnlyList<Record> First { get; }

    public IReadOnlyList<Record> Second { get; }

    public JsonObject Json(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!.AsObject();

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    private static IReadOnlyList<Record> Records(string folder)
    {
        var questions = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "v2_OpenEnded_mscoco_val2014_questions.json")))!;
        var annotations = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "v2_mscoco_val2014_annotations.json")))!;
        var byId = annotations["annotations"]!.AsArray().ToDictionary(a => (long)a!["question_id"]!, a => a!);
        return
        [
            .. questions["questions"]!.AsArray().Select(question =>
            {
                var annotation = byId[(long)question!["question_id"]!];
                return new Record((long)question["question_id"]!, (long)question["image_id"]!, (string)question["question"]!,
                    (string)annotation["question_type"]!, (string)annotation["answer_type"]!,
                    (string)annotation["multiple_choice_answer"]!,
                    [.. annotation["answers"]!.AsArray().Select(a => (string)a!["answer"]!)]);
            }),
        ];
    }
}

/// <summary>A question with its annotation.</summary>
public sealed record Record(
    long QuestionId, long ImageId, string Question, string QuestionType, string AnswerType, string Truth, IReadOnlyList<string> Answers)
{
    /// <summary>The question without capital and question mark.</summary>
    public string Text => Question.TrimEnd('?').ToLowerInvariant();

    /// <summary>
    /// VQA's accuracy in percent: the mean over the annotators of min(1, agreeing others ÷ 3). Answers here need no normalizing.
    /// </summary>
    public double Score(string prediction) => 100 * Answers
        .Select((_, left) => Math.Min(1, Answers.Where((answer, i) => i != left && answer == prediction).Count() / 3.0))
        .Average();
}
