using System.CommandLine;
using Vilt.Data;
using Vilt.Evaluation;
using Vilt.Notebooks.Scoring;
using Vilt.Pipelines;
using Vilt.Scenes;

namespace Vilt.Notebooks.Commands;

/// <summary>
/// <c>vilt attribute-score</c>: how far explanations of answers can be trusted, on the Zoo, where what decides them is known.
/// </summary>
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
        var data = new Option<string>("--data") { Description = "A Zoo drawn by vilt zoo, with a seed that the model was not trained on.", HelpName = "DIR", Required = true };
        var method = new Option<string[]>("--method") { Description = "May be given several times.", DefaultValueFactory = _ => ["lig"] };
        method.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(name => name.Value != All && !VqaMethods.Names.Contains(name.Value)) is { } wrong)
            {
                result.AddError($"--method {wrong.Value} is not known: choose {string.Join(", ", VqaMethods.Names)} or {All}.");
            }
        });
        var scenes = CountOption.WithDefault("--scenes", "How many pictures.", 300);
        var questions = CountOption.Optional("--questions", "How many questions about each picture, chosen at random. Default: all.");
        var steps = CountOption.WithDefault("--steps", "Steps of lig's path from baseline to input.", 30);
        var baseline = OneOf("--baseline", "What methods compare with: pixel values of zero, which are mid-gray, the picture's mean color, or a blur of it.", "zero", "mean", "blur");
        var deleted = OneOf("--deleted", "What replaces deleted patches.", "zeros", "mean", "blur");
        var perStep = CountOption.WithDefault("--patches-per-step", "How many patches are deleted or inserted at a time; 1 gives the finest curves and takes longest.", 8);
        var seed = new Option<int>("--seed") { Description = "Seed for random weights, which are drawn again for each picture, for random orders, and for all other random choices.", HelpName = "S", DefaultValueFactory = _ => 0 };
        var byKind = new Option<bool>("--by-kind") { Description = "Also print a table for each kind of question." };
        var output = new Option<string?>("--out") { Description = "Keep the scores of each question here, and the tables in scores.json. If stopped, the same command continues from here.", HelpName = "DIR" };
        var command = new Command("attribute-score", "Measures how far explanations of answers can be trusted, by one or more methods, on a Zoo.")
        {
            checkpoint, data, method, scenes, questions, steps, baseline, deleted, perStep, seed, byKind, output,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var folder = parsed.GetRequiredValue(data);
            var masks = ZooMasks.Read(folder);
            var names = parsed.GetRequiredValue(method);
            var options = new ScoringOptions(
                names.Contains(All) ? VqaMethods.Names : [.. names.Distinct()], parsed.GetValue(steps),
                Enum.Parse<PictureBaseline>(parsed.GetRequiredValue(baseline), ignoreCase: true),
                Enum.Parse<PatchReplacement>(parsed.GetRequiredValue(deleted), ignoreCase: true), parsed.GetValue(perStep), parsed.GetValue(seed));
            var examples = Chosen(
                DataOptions.Read(folder, split: null, limit: null), masks, parsed.GetValue(scenes), parsed.GetValue(questions), options.Seed);
            return ScoreAsync(
                new(parsed.GetRequiredValue(checkpoint), options, masks, examples), parsed.GetValue(output), parsed.GetValue(byKind), cancellation);
        });
        return command;
    }

    /// <summary>A text and not the library's own type, with which every command would load libtorch.</summary>
    private static Option<string> OneOf(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        return option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, values);
    }

    /// <summary>
    /// The questions about the first pictures that something in them decides, all or some chosen at random, in their order.
    /// </summary>
    private static VqaExample[] Chosen(IReadOnlyList<VqaExample> examples, ZooMasks masks, int scenes, int? questions, int seed)
    {
        var random = new Random(seed);
        var all = examples.GroupBy(example => example.Question.ImageId).Take(scenes).SelectMany(scene => scene).ToLookup(IsDecided);
        if (all[false].Any())
        {
            Console.Out.WriteLine($"{all[false].Count()} questions left out: nothing in the picture decides them.");
        }

        VqaExample[] chosen = [.. all[true].GroupBy(example => example.Question.ImageId).SelectMany(scene => Drawn([.. scene]))];
        return chosen.Length > 0
            ? chosen
            : throw new InvalidDataException($"Nothing in a picture decides any of the {all[false].Count()} questions: use more scenes.");

        bool IsDecided(VqaExample example) => masks.FindDecidingMask(example.Question.QuestionId) is not null;

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
