using System.CommandLine;
using System.Globalization;
using Vilt.Notebooks.Commands;
using Vilt.Processing.Augmentation;
using Vilt.Training;

namespace Vilt.Notebooks.Training;

/// <summary>The options of fine-tuning that are parts of a recipe.</summary>
internal sealed class FinetuneArguments
{
    private const string None = "none";

    private readonly TrainArguments shared = new();
    private readonly Option<string> recipe = new("--recipe")
    {
        Description = "What holds for options that are not given: zoo, as the models in assets were trained, or vilt, as ViLT's authors train on VQAv2.",
        DefaultValueFactory = _ => "zoo",
    };
    private readonly Option<int?> pieceSize = CountOption.Optional("--piece-size", "How many examples of a step are computed at once, to save memory. Default: all; vilt: 32.");
    private readonly Option<int?> activationMemory = CountOption.Optional(
        "--activation-memory", "MiB that may be kept for the backward pass; where a piece needs more, blocks are computed twice. Default: half of the free memory.");
    private readonly Option<double?> headFactor = NumberOption.Optional("--head-factor", "How much larger the learning rate of the answer head is. Default: 1; vilt: 10.", "X");
    private readonly Option<string?> decay = new("--decay") { Description = "How the learning rate falls. Default: cosine; vilt: linear." };
    private readonly Option<double?> beta2 = NumberOption.Optional("--beta2", "AdamW's second beta. Default: 0.999; vilt: 0.98.", "X");
    private readonly Option<double?> weightDecay = NumberOption.Optional("--weight-decay", "AdamW's weight decay. Default: 0.01.", "X");
    private readonly Option<bool?> decayAll = new("--decay-all") { Description = "Whether it is applied to biases and layer norms, too. Default: true; vilt: false.", HelpName = "true|false" };
    private readonly Option<string?> clip = new("--clip") { Description = "The largest norm of the gradients, or none. Default: 1; vilt: none.", HelpName = "X|none" };
    private readonly Option<int?> shorterSide = CountOption.Optional("--shorter-side", "Length of pictures' shorter side in pixels; the longer is at most 5/3 of it. Default: as the body's; vilt: 384.");
    private readonly Option<string?> randAugment = new("--randaugment") { Description = "Change pictures by N random operations of magnitude M, 0 to 30, or none. Default: none; vilt: 2,9.", HelpName = "N,M|none" };
    private readonly Option<int?> answersOf = CountOption.Optional("--answers-of", "The answers are those that N or more questions have. Default: 9.");
    private readonly Option<string?> heldOut = new("--hold-out") { Description = "Don't train on the last N pictures, but choose the best checkpoint by them, measured as --test-every says. Default: none; vilt: 1000.", HelpName = "N|none" };
    private readonly Option<bool?> bySize = new("--by-size") { Description = "Whether pictures of similar size come together. Default: false; vilt: true.", HelpName = "true|false" };
    private readonly Option<double?> average = NumberOption.Optional("--average", "Save and measure averages of the weights over the steps, of which this share is left in each step, such as 0.999.", "X");
    private readonly Option<int?> lora = CountOption.Optional("--lora", "Learn only low-rank updates of queries, keys and values, and the head: 8 to 16 are usual ranks. The saved model has them merged.");

    public FinetuneArguments()
    {
        recipe.AcceptOnlyFromAmong([.. TrainingRecipe.Names]);
        decay.AcceptOnlyFromAmong("none", "linear", "cosine");
        Check(clip, text => Number(text) > 0, "a number above 0, or none");
        Check(heldOut, text => Count(text) > 0, "a whole number of 1 or more, or none");
        Check(randAugment, text => Augmentation(text) is not null, "a number of operations and a magnitude from 0 to 30, such as 2,9, or none");
    }

    public void AddTo(Command command)
    {
        command.Add(recipe);
        shared.AddTo(command);
        foreach (var option in (Option[])[pieceSize, activationMemory, headFactor, decay, beta2, weightDecay, decayAll, clip, shorterSide, randAugment, answersOf, heldOut, bySize, average, lora])
        {
            command.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    public FinetunePlan Read(ParseResult parsed)
    {
        var chosen = TrainingRecipe.Named(parsed.GetRequiredValue(recipe));
        chosen = chosen with
        {
            PieceSize = parsed.GetValue(pieceSize) ?? chosen.PieceSize,
            HeadFactor = parsed.GetValue(headFactor) ?? chosen.HeadFactor,
            Decay = parsed.GetValue(decay) is { } way ? Enum.Parse<LearningRateDecay>(way, ignoreCase: true) : chosen.Decay,
            Beta2 = parsed.GetValue(beta2) ?? chosen.Beta2,
            WeightDecay = parsed.GetValue(weightDecay) ?? chosen.WeightDecay,
            DecayBiasesAndNorms = parsed.GetValue(decayAll) ?? chosen.DecayBiasesAndNorms,
            MaxGradientNorm = parsed.GetValue(clip) is { } norm ? Number(norm) : chosen.MaxGradientNorm,
            ShorterSide = parsed.GetValue(shorterSide) ?? chosen.ShorterSide,
            Augmentation = parsed.GetValue(randAugment) is { } augment ? Augmentation(augment) : chosen.Augmentation,
            AnswersOf = parsed.GetValue(answersOf) ?? chosen.AnswersOf,
            HeldOut = parsed.GetValue(heldOut) is { } pictures ? Count(pictures) : chosen.HeldOut,
            BySize = parsed.GetValue(bySize) ?? chosen.BySize,
        };
        return new(shared.Read(parsed, chosen), chosen, parsed.GetValue(activationMemory) * (1L << 20), parsed.GetValue(average), parsed.GetValue(lora));
    }

    private static void Check(Option<string?> option, Predicate<string> holds, string expected) => option.Validators.Add(result =>
    {
        if (result.GetValue(option) is { } text && text != None && !holds(text))
        {
            result.AddError($"{option.Name} {text}: expected {expected}.");
        }
    });

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static RandAugment? Augmentation(string text) =>
        text.Split(',') is [var count, var magnitude] && Count(count) is int operations && Number(magnitude) is double strength and >= 0 and <= 30
            ? new(operations, strength)
            : null;
}
