using Vilt.Attribution;
using Vilt.Data;
using Vilt.Evaluation;
using Vilt.Notebooks.Commands;
using Vilt.Notebooks.Running;
using Vilt.Notebooks.Scoring;
using Vilt.Pipelines;
using Vilt.Scenes;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Tests.Scoring;

public sealed class ScoredAnswerTests : IDisposable
{
    private static readonly ScoringOptions Options = new(["lig"], 2, PictureBaseline.Mean, PatchReplacement.Zeros, PatchesPerStep: 8, Seed: 3);
    private readonly TestFolder folder = new();
    private readonly TorchSharp.DisposeScope scope = NewDisposeScope();
    private readonly VqaPipeline vqa;
    private readonly IReadOnlyList<VqaExample> examples;
    private readonly ZooMasks masks;

    public ScoredAnswerTests()
    {
        Zoo.Draw(folder["zoo"], pictures: 8, seed: 5);
        vqa = VqaPipeline.From(Path.Combine(Series.Root()!, "assets", "vilt-zoo-finetuned-vqa"));
        examples = DataOptions.Read(folder["zoo"], split: null, limit: null);
        masks = ZooMasks.Read(folder["zoo"]);
    }

    public void Dispose()
    {
        vqa.Dispose();
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Scores_are_what_the_librarys_measures_give()
    {
        VqaExplanation own = Explain(Explained), other = Explain(
            Explained with { Method = new EmbeddedIds(new Saliency(vqa.Wrapped), vqa.Model.WordEmbeddings) });
        var scores = ScoredAnswer.Nothing();
        Scored(examples[0]).Judge(scores, own, other);
        var hits = new DecidingPixels(Mask(examples[0]), own.Picture.Height, own.Picture.Width, vqa.Model.Config.PatchSize).Judge(own.Pixels);
        Assert.Equal([hits.Pointing, hits.Inside, hits.Rank], [scores[(int)Measure.Pointing], scores[(int)Measure.Inside], scores[(int)Measure.Rank]]);
        var correlation = RankCorrelation.OfValues(Sums(own), Sums(other));
        Assert.Equal(correlation.WithSign, scores[(int)Measure.RandomWeights], 1e-9);
        Assert.Equal(correlation.Absolute, scores[(int)Measure.RandomWeightsAbsolute], 1e-9);
    }

    [Fact]
    public void Deletion_is_measured_of_all_answers_and_of_those_that_it_takes_away()
    {
        var curves = new PatchCurves(vqa.Wrapped, vqa.Model.Config.PatchSize) { Picture = 1, PatchesPerStep = 8 };
        var lost = 0;
        VqaExample[] ofEachKind = [.. examples.DistinctBy(example => masks.Question(example.Question.QuestionId).Kind)];
        foreach (var example in ofEachKind)
        {
            var picture = RgbImage.Read(example.FetchImage());
            var own = vqa.Explain(picture, example.Question.Question, Explained, cancellationToken: TestContext.Current.CancellationToken);
            var scores = ScoredAnswer.Nothing();
            Scored(example).Judge(scores, own, own);
            var order = PatchOrder.Falling(Sums(own));
            var arguments = vqa.Arguments(picture, example.Question.Question, Explained);
            ScoreCurve deletion = curves.Deletion(arguments, order), insertion = curves.Insertion(arguments, order);
            var isLost = deletion.Scores[^1] <= deletion.Scores[0] / 2;
            Assert.Equal(deletion.Area, scores[(int)Measure.Deletion], 1e-9);
            Assert.Equal(isLost ? deletion.Area : double.NaN, scores[(int)Measure.DeletionOfLost], 1e-9);
            Assert.Equal(curves.Deletion(arguments, PatchOrder.Falling(Magnitudes(own))).Area, scores[(int)Measure.DeletionByMagnitude], 1e-9);
            Assert.Equal(insertion.Area, scores[(int)Measure.Insertion], 1e-9);
            lost += isLost ? 1 : 0;
        }

        Assert.InRange(lost, 1, ofEachKind.Length - 1);
    }

    [Fact]
    public void A_map_that_tells_what_each_removal_does_is_faithful_and_one_of_zeros_is_not()
    {
        var arguments = vqa.Arguments(RgbImage.Read(examples[0].FetchImage()), examples[0].Question.Question);
        var pixels = arguments.Inputs[1];
        var removal = new PatchRemoval(vqa, arguments, zeros_like(pixels), seed: 1);
        var side = vqa.Model.Config.PatchSize;
        var map = new double[pixels.shape[2] / side * (pixels.shape[3] / side)];
        Assert.Equal(1, removal.Of(map), 1e-9);
        map[0] = 1;
        Assert.InRange(removal.Of(map), 0, 1);
        Assert.Equal(double.NaN, new PatchRemoval(vqa, arguments, pixels, seed: 1).Of(map)); // what is removed stays
    }

    [Fact]
    public void Rows_are_counted_while_a_method_runs_and_nothing_is_left_of_the_counter()
    {
        using (var passes = new PassCounter(vqa.Model))
        {
            var ablation = new FeatureAblation(vqa.Wrapped) { FeatureMask = [zeros([1, 1], int64), ones([1, 1, 1, 1], int64)] };
            Explain(new() { Method = passes.Watch(ablation) });
            Assert.Equal((3, 0), (passes.Last.Forward, passes.Last.Backward));
            Assert.InRange(passes.Last.Seconds, 0, double.MaxValue);
        }

        var live = LiveTensors();
        using (NewDisposeScope())
        {
            Scored(examples[0]);
        }

        Assert.Equal(live, LiveTensors());

        static long LiveTensors() => TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
    }

    [Fact]
    public void Features_are_tokens_or_the_text_and_squares_or_quarters()
    {
        var arguments = new AttributionArguments([zeros([1, 3], int64), zeros([1, 3, 4, 6])]);
        var squares = FeatureMasks.TokensAndSquares(arguments, 2);
        Assert.Equal([0, 1, 2], squares[0].data<long>().ToArray());
        Assert.Equal([3, 3, 4, 4, 5, 5, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 6, 6, 7, 7, 8, 8], squares[1].data<long>().ToArray());
        var quarters = FeatureMasks.TextAndQuarters(arguments);
        Assert.Equal([0], quarters[0].data<long>().ToArray());
        Assert.Equal([1, 1, 1, 2, 2, 2], quarters[1][0, 0, 1].data<long>().ToArray());
        Assert.Equal([3, 3, 3, 4, 4, 4], quarters[1][0, 0, 2].data<long>().ToArray());
    }

    private static ExplainOptions Explained => new() { Baseline = PictureBaseline.Mean, Steps = PathSteps.Fixed(2) };

    private ScoredAnswer Scored(VqaExample example) => new(vqa, example, Mask(example), Options, seed: 3, TestContext.Current.CancellationToken);

    private bool[,] Mask(VqaExample example) => masks.DecidingMask(example.Question.QuestionId);

    private VqaExplanation Explain(ExplainOptions options) => vqa.Explain(
        RgbImage.Read(examples[0].FetchImage()), examples[0].Question.Question, options, cancellationToken: TestContext.Current.CancellationToken);

    private double[] Magnitudes(VqaExplanation explanation)
    {
        using var pixels = tensor(explanation.Pixels).abs().unsqueeze(0).unsqueeze(0);
        return PatchOrder.Sums(pixels, vqa.Model.Config.PatchSize);
    }

    private double[] Sums(VqaExplanation explanation) => PatchOrder.Sums(explanation.Pixels, vqa.Model.Config.PatchSize);
}
