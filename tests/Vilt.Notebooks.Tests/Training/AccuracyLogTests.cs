using Vilt.Data;
using Vilt.Notebooks.Training;
using Vilt.Pipelines;
using Vilt.Processing;
using Vilt.Scenes;

namespace Vilt.Notebooks.Tests.Training;

public sealed class AccuracyLogTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_measured_on_other_questions_is_not_mixed_in()
    {
        Zoo.Draw(folder["zoo"], pictures: 2, seed: 5, cancellationToken: TestContext.Current.CancellationToken);
        using var vqa = VqaPipeline.From(ZooModel.Save(folder["model"], "yes", "no"));
        var examples = VqaFolder.Read(folder["zoo"]).Examples;
        After(1, examples);
        After(2, examples);
        Assert.Equal(["1", "2"], Steps());
        After(3, [examples[0]]);
        Assert.Equal(["3"], Steps());

        void After(int step, IReadOnlyList<VqaExample> questions) =>
            new AccuracyLog(folder["out"], "accuracy", (_, _) => 50, new VqaDataset(questions, vqa.Processor, vqa.Answers), 1, TestContext.Current.CancellationToken)
                .After(new(1, 1, step, 9, 0, 1, TimeSpan.Zero));
    }

    private IEnumerable<string> Steps() => File.ReadLines(folder["out/accuracy.csv"]).Skip(1).Select(line => line.Split(',')[0]);
}
