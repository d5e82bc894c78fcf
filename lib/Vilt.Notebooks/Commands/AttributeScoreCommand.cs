using System.CommandLine;
using Vilt.Data;
using Vilt.Evaluation;
using Vilt.Notebooks.Scoring;
using Vilt.Pipelines;
using Vilt.Scenes;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt attribute-score</c>: how far explanations of answers can be trusted, on the Zoo, which knows what decides them.</summary>
internal static class AttributeScoreCommand
{
    private const string All = "all";

    public static readonly string[] Examples =
    [
        "vilt attribute-score assets/vilt-zoo-finetuned-vqa --data data/zoo --scenes 300",
        "vilt attribute-score assets/vilt-zoo-finetuned-vqa --data data/zoo --method lig --method occlusion --by-kind",
        "vilt attribute-score assets/vilt-zoo-finetuned-vqa --data data/zoo --method all --questions 1 --out scores",
    ];

    public static Command Create()
    {
        var checkpoint = CheckpointArgument.Create();
        var data = new Option<string>("--data") { Description = "A Zoo as vilt zoo draws it, of a seed that the model was not trained on.", HelpName = "DIR", Required = true };
        var method = new Option<string[]>("--method") { Description = "May be given several times.", DefaultValueFactory = _ => ["lig"] };
        method.AcceptOnlyFromAmong([.. ScoredMethods.Names, All]);
        var scenes = CountOption.WithDefault("--scenes", "How many pictures.", 300);
        var questions = CountOption.Optional("--questions", "How many questions about each picture, drawn by lot. Default: all.");
        var steps = CountOption.WithDefault("--steps", "Steps of lig's path from baseline to input.", 30);
        var baseline = new Option<PictureBaseline>("--baseline") { Description = "What methods compare with: pixel values of zero, which are mid-gray, the picture's mean color, or a blur of it." };
        var deleted = new Option<PatchReplacement>("--deleted") { Description = "What stands where patches are deleted." };
        var seed = new Option<int>("--seed") { Description = "Of random weights, drawn anew for each picture, of random orders, and of what else is drawn by lot.", HelpName = "S", DefaultValueFactory = _ => 0 };
        var byKind = new Option<bool>("--by-kind") { Description = "A table for each kind of question too." };
        var output = new Option<string?>("--out") { Description = "Keep the scores of each question there, and the tables in scores.json. The same command goes on where it was stopped.", HelpName = "DIR" };
        var command = new Command("attribute-score", "Measures how far explanations of answers can be trusted, by one or more methods, on a Zoo.")
        {
            checkpoint, data, method, scenes, questions, steps, baseline, deleted, seed, byKind, output,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var folder = parsed.GetRequiredValue(data);
            var masks = ZooMasks.Read(folder);
            var names = parsed.GetRequiredValue(method);
            var options = new ScoringOptions(
                names.Contains(All) ? ScoredMethods.Names : [.. names.Distinct()], parsed.GetValue(steps), parsed.GetValue(baseline),
                parsed.GetValue(deleted), parsed.GetValue(seed));
            var examples = Chosen(
                DataOptions.Read(folder, split: null, limit: null), masks, parsed.GetValue(scenes), parsed.GetValue(questions), options.Seed);
            return ScoreAsync(
                new(parsed.GetRequiredValue(checkpoint), options, masks, examples), parsed.GetValue(output), parsed.GetValue(byKind), cancellation);
        });
        return command;
    }

    /// <summary>Of the questions about the first pictures that something there decides, all or some drawn by lot, in their order.</summary>
    private static VqaExample[] Chosen(IReadOnlyList<VqaExample> examples, ZooMasks masks, int scenes, int? questions, int seed)
    {
        var random = new Random(seed);
        var all = examples.GroupBy(example => example.Question.ImageId).Take(scenes).SelectMany(scene => scene).ToLookup(IsDecided);
        if (all[false].Any())
        {
            Console.Out.WriteLine($"{all[false].Count()} questions left out: nothing that is on the picture decides them.");
        }

        VqaExample[] chosen = [.. all[true].GroupBy(example => example.Question.ImageId).SelectMany(scene => Drawn([.. scene]))];
        return chosen.Length > 0
            ? chosen
            : throw new InvalidDataException($"Nothing that is on a picture decides any of the {all[false].Count()} questions: take more scenes.");

        bool IsDecided(VqaExample example) => masks.DecidingMask(example.Question.QuestionId).Cast<bool>().Any(decides => decides);

        IEnumerable<VqaExample> Drawn(VqaExample[] scene)
        {
            int[] places = [.. Enumerable.Range(0, scene.Length)];
            random.Shuffle(places);
            return places.Take(questions ?? scene.Length).Order().Select(place => scene[place]);
        }
    }

    private static async Task<int> ScoreAsync(ScoreRun run, string? output, bool byKind, CancellationToken cancellation)
    {
        var sheet = await run.ScoreAsync(output, cancellation);
        if (output is not null)
        {
            ScoreFile.Write(Path.Combine(output, "scores.json"), sheet);
        }

        foreach (var (kind, ofKind) in byKind ? sheet.ByKind : [])
        {
            ScoreTable.Write(ofKind, System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName($"{kind}"));
        }

        ScoreTable.Write(sheet, "overall");
        ScoreTable.WriteBest(sheet);
        return ExitCode.Success;
    }
}
