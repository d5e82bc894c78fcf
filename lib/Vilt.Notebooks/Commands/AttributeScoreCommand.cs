using System.CommandLine;
using Vilt.Attribution;
using Vilt.Data;
using Vilt.Notebooks.Running;
using Vilt.Notebooks.Scoring;
using Vilt.Pipelines;
using Vilt.Scenes;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt attribute-score</c>: how well explanations keep to what decides the answer, on the Zoo, which knows it.</summary>
internal static class AttributeScoreCommand
{
    public static readonly string[] Examples =
    [
        "vilt attribute-score assets/vilt-zoo-finetuned-vqa --data data/zoo --scenes 300",
        "vilt attribute-score assets/vilt-zoo-finetuned-vqa --data data/zoo --baseline mean",
    ];

    public static Command Create()
    {
        var checkpoint = CheckpointArgument.Create();
        var data = new Option<string>("--data") { Description = "A Zoo as vilt zoo draws it, of a seed that the model was not trained on.", HelpName = "DIR", Required = true };
        var scenes = CountOption.WithDefault("--scenes", "How many pictures, with all their questions.", 300);
        var steps = CountOption.WithDefault("--steps", "Steps of the path from baseline to input.", 30);
        var baseline = new Option<PictureBaseline>("--baseline") { Description = "Pixel values of zero, which are mid-gray, the picture's mean color, or a blur of it." };
        var seed = new Option<int>("--seed") { Description = "Of the random weights that the model is compared with; they are drawn anew for each picture.", HelpName = "S", DefaultValueFactory = _ => 0 };
        var command = new Command("attribute-score", "Measures how well explanations of answers keep to what decides the answer, on a Zoo.")
        {
            checkpoint, data, scenes, steps, baseline, seed,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var folder = parsed.GetRequiredValue(data);
            var masks = ZooMasks.Read(folder);
            var examples = FirstScenes(DataOptions.Read(folder, split: null, limit: null), parsed.GetValue(scenes));
            var options = new ExplainOptions { Baseline = parsed.GetValue(baseline), Steps = PathSteps.Fixed(parsed.GetValue(steps)) };
            return ScoreAsync(parsed.GetRequiredValue(checkpoint), examples, masks, options, parsed.GetValue(seed), cancellation);
        });
        return command;
    }

    private static List<VqaExample> FirstScenes(IReadOnlyList<VqaExample> examples, int count)
    {
        var pictures = examples.Select(example => example.Question.ImageId).Distinct().Take(count).ToHashSet();
        return [.. examples.Where(example => pictures.Contains(example.Question.ImageId))];
    }

    private static async Task<int> ScoreAsync(
        string checkpoint, List<VqaExample> examples, ZooMasks masks, ExplainOptions options, int seed, CancellationToken cancellation)
    {
        using var vqa = CheckpointArgument.Load(checkpoint);
        using var scoring = new ZooScoring(vqa, options, seed, masks);
        var scores = await CountedWork.RunAsync(examples.Count, report => Score(scoring, examples, report, cancellation), cancellation);
        if (scores.Count == 0)
        {
            throw new InvalidDataException($"Nothing that is on a picture decides any of the {examples.Count} questions: take more scenes.");
        }

        if (examples.Count > scores.Count)
        {
            Console.Out.WriteLine($"{examples.Count - scores.Count} questions left out: nothing that is on the picture decides them.");
        }

        ZooScoreTable.Write(scores);
        return ExitCode.Success;
    }

    private static List<ZooScore> Score(
        ZooScoring scoring, List<VqaExample> examples, CountedWork.Report report, CancellationToken cancellation)
    {
        var scores = new List<ZooScore>();
        for (var i = 0; i < examples.Count; i++)
        {
            if (scoring.Score(examples[i], cancellation) is { } score)
            {
                scores.Add(score);
            }

            var pointing = scores.Count > 0 ? $" · pointing {100 * scores.Average(one => one.Trained.Pointing):0.0} %" : "";
            report(i + 1, $"{i + 1}/{examples.Count} questions{pointing}");
        }

        return scores;
    }
}
