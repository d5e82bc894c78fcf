using Vilt.Attribution;
using Vilt.Data;
using Vilt.Evaluation;
using Vilt.Pipelines;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Scoring;

/// <summary>An answer whose explanations are judged.</summary>
internal sealed class ScoredAnswer
{
    private const int Samples = 5; // of sensitivity

    private readonly VqaPipeline vqa;
    private readonly RgbImage picture;
    private readonly string question;
    private readonly ExplainOptions explained;
    private readonly string otherAnswer;
    private readonly DecidingPixels deciding;
    private readonly PatchCurves curves;
    private readonly PatchRemoval removal;
    private readonly int[] randomOrder;
    private readonly int seed;
    private readonly CancellationToken cancellation;

    /// <param name="vqa">The model whose most probable answer is explained.</param>
    /// <param name="example">The question.</param>
    /// <param name="mask">The pixels that decide it, at the size of the picture.</param>
    /// <param name="options">What methods compare with.</param>
    /// <param name="seed">Seed for random choices.</param>
    /// <param name="cancellation">Cancels it.</param>
    public ScoredAnswer(VqaPipeline vqa, VqaExample example, bool[,] mask, ScoringOptions options, int seed, CancellationToken cancellation)
    {
        (this.vqa, this.seed, this.cancellation, question) = (vqa, seed, cancellation, example.Question.Question);
        picture = vqa.Processor.ImageProcessor.Resize(RgbImage.Read(example.FetchImage()));
        var answers = vqa.Ask(picture, question, top: 2);
        (explained, otherAnswer) = (new() { Target = answers[0].Answer, Baseline = options.Baseline }, answers[^1].Answer);
        Arguments = vqa.Arguments(picture, question, explained) with { CancellationToken = cancellation };
        var patchSize = vqa.Model.Config.PatchSize;
        deciding = new(mask, picture.Height, picture.Width, patchSize);
        curves = new(vqa.Wrapped, patchSize) { Picture = 1, Replacement = options.Deleted, PatchesPerStep = options.PatchesPerStep };
        removal = new(vqa, Arguments, DeletedPictures.Of(Arguments.Inputs[1], options.Deleted, patchSize), seed);
        randomOrder = PatchOrder.Random(picture.Height / patchSize * (picture.Width / patchSize), seed);
    }

    /// <summary>The arguments of methods.</summary>
    public AttributionArguments Arguments { get; }

    /// <summary>A row in which nothing is measured yet.</summary>
    public static double[] Nothing() => [.. Enum.GetValues<Measure>().Select(_ => double.NaN)];

    /// <summary>The explanation of the answer by a model and a method.</summary>
    public VqaExplanation Explain(VqaPipeline model, IAttributionMethod method, string? answer = null) => model.Explain(
        picture, question, explained with { Method = method, Target = answer ?? explained.Target }, cancellationToken: cancellation);

    /// <summary>Judges a method's explanation by the mask, by what the model does, and by that of random weights.</summary>
    public void Judge(double[] scores, VqaExplanation own, VqaExplanation ofRandomWeights)
    {
        Localization hits = deciding.Judge(own.Pixels), randomHits = deciding.Judge(ofRandomWeights.Pixels);
        (scores[(int)Measure.Pointing], scores[(int)Measure.PointingRandomWeights]) = (hits.Pointing, randomHits.Pointing);
        (scores[(int)Measure.Inside], scores[(int)Measure.InsideRandomWeights]) = (hits.Inside, randomHits.Inside);
        (scores[(int)Measure.Rank], scores[(int)Measure.RankRandomWeights]) = (hits.Rank, randomHits.Rank);
        double[] sums = Sums(own), randomSums = Sums(ofRandomWeights);
        JudgeByDeleting(scores, sums, PatchOrder.Falling(sums));
        scores[(int)Measure.DeletionByMagnitude] = curves.Deletion(Arguments, PatchOrder.Falling(Magnitudes(own))).Area;
        scores[(int)Measure.DeletionRandomWeights] = curves.Deletion(Arguments, PatchOrder.Falling(randomSums)).Area;
        var correlation = RankCorrelation.OfValues(sums, randomSums);
        (scores[(int)Measure.RandomWeights], scores[(int)Measure.RandomWeightsAbsolute]) = (correlation.WithSign, correlation.Absolute);
        scores[(int)Measure.Text] = new InputShares([own.TextContribution, own.ImageContribution]).Shares[0];
    }

    /// <summary>
    /// Judges what takes several attributions: whether another answer has another explanation, and whether the explanation is stable.
    /// </summary>
    public void JudgeThoroughly(double[] scores, VqaExplanation own, IAttributionMethod method)
    {
        var correlation = RankCorrelation.OfValues(Sums(own), Sums(Explain(vqa, method, otherAnswer)));
        (scores[(int)Measure.OtherAnswer], scores[(int)Measure.OtherAnswerAbsolute]) = (correlation.WithSign, correlation.Absolute);
        var sensitivity = new MaxSensitivity(method) { NPerturbSamples = Samples, Perturbation = Perturbations.Uniform(seed: seed) };
        scores[(int)Measure.Sensitivity] = sensitivity.Measure(Arguments)[0];
    }

    /// <summary>What a random map or a random order reaches, and the text's share by exact Shapley values.</summary>
    public double[] Chance()
    {
        var scores = Nothing();
        var chance = deciding.Chance;
        (scores[(int)Measure.Pointing], scores[(int)Measure.Inside], scores[(int)Measure.Rank]) = (chance.Pointing, chance.Inside, chance.Rank);
        var falling = new double[randomOrder.Length];
        for (var turn = 0; turn < randomOrder.Length; turn++)
        {
            falling[randomOrder[turn]] = randomOrder.Length - turn;
        }

        JudgeByDeleting(scores, falling, randomOrder);
        scores[(int)Measure.DeletionByMagnitude] = scores[(int)Measure.Deletion];
        scores[(int)Measure.Text] = InputShares.Of(vqa.Wrapped, Arguments)[0].Shares[0];
        return scores;
    }

    private void JudgeByDeleting(double[] scores, double[] sums, int[] order)
    {
        var curve = curves.Deletion(Arguments, order);
        scores[(int)Measure.Deletion] = curve.Area;
        scores[(int)Measure.DeletionOfLost] = curve.Scores[^1] <= curve.Scores[0] / 2 ? curve.Area : double.NaN;
        scores[(int)Measure.Insertion] = curves.Insertion(Arguments, order).Area;
        scores[(int)Measure.Infidelity] = removal.Of(sums);
    }

    private double[] Sums(VqaExplanation explanation) => PatchOrder.Sums(explanation.Pixels, vqa.Model.Config.PatchSize);

    private double[] Magnitudes(VqaExplanation explanation)
    {
        using var scope = NewDisposeScope();
        return PatchOrder.Sums(tensor(explanation.Pixels).abs().unsqueeze(0).unsqueeze(0), vqa.Model.Config.PatchSize); // (1, 1, H, W)
    }
}
