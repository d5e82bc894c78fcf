using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Notebooks.Commands;
using Vilt.Notebooks.Results;
using Vilt.Notebooks.Running;
using Vilt.Pipelines;
using Vilt.Results;
using Vilt.Scenes;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Scoring;

/// <summary>Scores methods over questions, with progress.</summary>
/// <param name="Checkpoint">The model's folder or name on the hub.</param>
/// <param name="Options">How methods are scored.</param>
/// <param name="Masks">What decides each question.</param>
/// <param name="Examples">The questions, each decided by something in its picture.</param>
internal sealed record ScoreRun(string Checkpoint, ScoringOptions Options, ZooMasks Masks, VqaExample[] Examples)
{
    private const int PartSize = 16, ThoroughEach = 10; // what takes many attributions is measured for every tenth question
    private const string Id = "question_id", Scores = "scores";

    /// <summary>Scores them all.</summary>
    /// <param name="folder">Where scores are kept, to continue from; null to keep none.</param>
    /// <param name="cancellation">Cancels it, with the folder in order.</param>
    public async Task<ScoreSheet> ScoreAsync(string? folder, CancellationToken cancellation)
    {
        using var vqa = CheckpointArgument.Load(Checkpoint);
        using var scoring = new MethodScoring(vqa, Options, Masks);
        var rows = folder is null
            ? await CountedWork.RunAsync(Examples.Length, report => ScoreAll(scoring, report, cancellation), cancellation)
            : await KeepAsync(vqa, scoring, folder, cancellation);
        return new(Options.Methods, [.. Examples.Zip(rows, (example, row) => new QuestionScores(Masks.Question(example.Question.QuestionId).Kind, row))]);
    }

    private List<double[][]> ScoreAll(MethodScoring scoring, CountedWork.Report report, CancellationToken cancellation)
    {
        var done = 0;
        return ScoreSome(scoring, Examples, () => report(++done, $"{done}/{Examples.Length} questions"), isWhole: true, cancellation);
    }

    private async Task<IEnumerable<double[][]>> KeepAsync(VqaPipeline vqa, MethodScoring scoring, string folder, CancellationToken cancellation)
    {
        var results = new ResultFolder(folder, Settings(), ResultPlan.Of(vqa, Examples.Length, PartSize), maxErrors: 0);
        await results.FillAsync(Examples, Shard.Whole, (examples, tell) =>
        {
            var scores = ScoreSome(scoring, examples, tell, isWhole: false, cancellation);
            return new Dictionary<string, Tensor>
            {
                [Id] = tensor(examples.Take(scores.Count).Select(example => example.Question.QuestionId).ToArray()),
                [Scores] = stack([.. scores.Select(rows => stack([.. rows.Select(row => tensor(row))]))]), // (N, methods + 1, measures)
            };
        }, cancellation);
        var all = new Dictionary<long, double[][]>();
        for (var part = 0; part * PartSize < Examples.Length; part++)
        {
            Read(ResultPart.PathOf(folder, part), all);
        }

        return Examples.Select(example => all[example.Question.QuestionId]);
    }

    // If it is canceled, those that are done are kept, unless all are needed or there are none.
    private List<double[][]> ScoreSome(MethodScoring scoring, VqaExample[] examples, Action tell, bool isWhole, CancellationToken cancellation)
    {
        List<double[][]> scores = [];
        foreach (var example in examples)
        {
            try
            {
                scores.Add(scoring.Score(example, Array.IndexOf(Examples, example) % ThoroughEach == 0, cancellation));
            }
            catch (OperationCanceledException) when (!isWhole && scores.Count > 0)
            {
                break;
            }

            tell();
        }

        return scores;
    }

    private SortedDictionary<string, string> Settings() => new()
    {
        ["command"] = "attribute-score",
        ["version"] = typeof(ScoreRun).Assembly.GetName().Version!.ToString(3),
        ["model"] = ViltCheckpoint.From(Checkpoint).ContentHash(),
        ["questions"] = ExamplesHash.Of(Examples),
        ["methods"] = string.Join(' ', Options.Methods),
        ["steps"] = $"{Options.Steps}",
        ["baseline"] = $"{Options.Baseline}",
        ["deleted"] = $"{Options.Deleted}",
        ["patches_per_step"] = $"{Options.PatchesPerStep}",
        ["seed"] = $"{Options.Seed}",
    };

    private static void Read(string path, Dictionary<long, double[][]> all)
    {
        using var scope = NewDisposeScope();
        using var file = Safetensors.Open(path);
        var scores = file.Read(Scores);
        foreach (var (row, id) in file.Read(Id).data<long>().ToArray().Index())
        {
            all[id] = [.. scores[row].unbind().Select(one => one.data<double>().ToArray())];
        }
    }
}
