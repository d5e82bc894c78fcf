using TorchSharp;
using Vilt.Attribution;
using Vilt.Evaluation;
using static TorchSharp.torch;

namespace Vilt.Tests.Evaluation;

public sealed class PatchCurvesTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Tensor picture;

    public PatchCurvesTests()
    {
        torch.random.manual_seed(5);
        picture = torch.rand(1, 3, 4, 6) + 0.5;
    }

    public void Dispose() => scope.Dispose();

    private static PatchCurves Curves(PatchReplacement replacement = PatchReplacement.Zeros) => new(Score, patchSize: 2) { Replacement = replacement };

    private AttributionArguments Arguments => new([picture]) { CancellationToken = TestContext.Current.CancellationToken };

    [Theory]
    [InlineData(PatchReplacement.Zeros)]
    [InlineData(PatchReplacement.Mean)]
    [InlineData(PatchReplacement.Blur)]
    public void Curves_run_between_the_picture_and_the_deleted_one(PatchReplacement replacement)
    {
        var deleted = DeletedPictures.Of(picture, replacement, 2);
        var order = PatchOrder.Random(6, seed: 1);
        var deletion = Curves(replacement).Deletion(Arguments, order);
        var insertion = Curves(replacement).Insertion(Arguments, order);
        double whole = Probability(picture), empty = Probability(deleted);
        Assert.Equal([whole, empty, empty, whole], [deletion.Scores[0], deletion.Scores[^1], insertion.Scores[0], insertion.Scores[^1]], Near);
        var backwards = Curves(replacement).Insertion(Arguments, [.. order.Reverse()]);
        Assert.Equal(deletion.Scores.Reverse(), backwards.Scores, Near); // deleting from the first is inserting from the last
        Assert.Equal(deletion.Area, backwards.Area, 1e-9);
    }

    [Fact]
    public void Each_step_deletes_the_next_patch_of_the_order()
    {
        int[] order = [4, 0, 5, 2, 1, 3];
        var scores = Curves().Deletion(Arguments with { InternalBatchSize = 3 }, order).Scores;
        var changed = picture.clone();
        for (var step = 0; step < order.Length; step++)
        {
            Assert.Equal(Probability(changed), scores[step], 1e-6);
            var (row, column) = (order[step] / 3 * 2, order[step] % 3 * 2);
            changed[.., .., row..(row + 2), column..(column + 2)] = 0;
        }
    }

    [Fact]
    public void Larger_steps_give_every_so_manyth_score_and_the_last()
    {
        int[] order = [4, 0, 5, 2, 1, 3];
        var all = Curves().Deletion(Arguments, order);
        var some = new PatchCurves(Score, patchSize: 2) { PatchesPerStep = 4 }.Deletion(Arguments, order);
        Assert.Equal([all.Scores[0], all.Scores[4], all.Scores[6]], some.Scores, Near);
        Assert.Equal([0, 4 / 6.0, 1], some.Shares);
        Assert.Equal((all.Scores[0] + all.Scores[4]) / 3 + (all.Scores[4] + all.Scores[6]) / 6, some.Area, 1e-6);
        Assert.Equal(2, new PatchCurves(Score, patchSize: 2) { PatchesPerStep = 6 }.Deletion(Arguments, order).Scores.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PatchCurves(Score, patchSize: 2) { PatchesPerStep = 0 });
    }

    [Fact]
    public void An_order_that_knows_what_counts_falls_faster_than_its_reverse()
    {
        using var map = new InputXGradient(Score).Attribute(Arguments);
        var order = PatchOrder.Falling(PatchOrder.Sums(map.Attributions[0], 2));
        Assert.True(Curves().Deletion(Arguments, order).Area < Curves().Deletion(Arguments, [.. order.Reverse()]).Area);
        Assert.True(Curves().Insertion(Arguments, order).Area > Curves().Insertion(Arguments, [.. order.Reverse()]).Area);
    }

    [Fact]
    public void The_area_is_that_of_trapezoids() => Assert.Equal((0.75 + 0.375 + 0.25) / 3, new ScoreCurve([1, 0.5, 0.25, 0.25]).Area, 1e-12);

    [Fact]
    public void Patches_at_the_edge_are_cut_and_ties_keep_their_order()
    {
        var ones = torch.ones(1, 2, 3, 5);
        var sums = PatchOrder.Sums(ones, 2);
        Assert.Equal([8, 8, 4, 4, 4, 2], sums);
        Assert.Equal([4, -12, 2], PatchOrder.Sums(new double[,] { { 1, 2, -4, -8, 2 }, { 0, 1, 0, 0, 0 } }, 2));
        Assert.Equal([0, 1, 2, 3, 4, 5], PatchOrder.Falling(sums));
        Assert.Equal([3, 1, 0, 2], PatchOrder.Falling([-2, 1, -2, 7]));
        Assert.Equal(7, Curves().Deletion(Arguments with { Inputs = [torch.ones(1, 3, 3, 5)] }, PatchOrder.Falling(sums)).Scores.Count);
    }

    [Fact]
    public void A_blur_keeps_a_plain_picture_to_its_edges_and_mean_and_deviation_else()
    {
        var plain = torch.full([1, 3, 8, 12], 0.7f);
        Assert.True((DeletedPictures.Of(plain, PatchReplacement.Blur, 4) - plain).abs().max().item<float>() < 1e-6);
        var point = torch.zeros(1, 1, 41, 41);
        point[0, 0, 20, 20] = 1;
        var blurred = DeletedPictures.Of(point, PatchReplacement.Blur, 3);
        Assert.Equal(1, blurred.sum().item<float>(), 1e-4);
        Assert.Equal(Math.Exp(-0.5), blurred[0, 0, 20, 23].item<float>() / blurred[0, 0, 20, 20].item<float>(), 1e-4);
    }

    [Fact]
    public void A_random_order_has_each_patch_and_depends_on_the_seed()
    {
        Assert.Equal(Enumerable.Range(0, 50), PatchOrder.Random(50, seed: 3).Order());
        Assert.Equal(PatchOrder.Random(50, seed: 3), PatchOrder.Random(50, seed: 3));
        Assert.NotEqual(PatchOrder.Random(50, seed: 3), PatchOrder.Random(50, seed: 4));
    }

    [Fact]
    public void Orders_and_pictures_that_do_not_fit_are_refused()
    {
        Assert.Contains("0 to 5", Assert.Throws<ArgumentException>(() => Curves().Deletion(Arguments, [0, 1, 2, 3, 4])).Message);
        Assert.Contains("0 to 5", Assert.Throws<ArgumentException>(() => Curves().Deletion(Arguments, [0, 1, 2, 3, 4, 4])).Message);
        Assert.Contains("one picture", Assert.Throws<ArgumentException>(
            () => Curves().Deletion(Arguments with { Inputs = [picture.repeat(2, 1, 1, 1)] }, [0])).Message);
        Assert.Contains("one picture", Assert.Throws<ArgumentException>(
            () => Curves().Deletion(Arguments with { Inputs = [torch.zeros(1, 3, 0, 4)] }, [])).Message);
        Assert.Contains("0 to 0", Assert.Throws<ArgumentException>(() => new PatchCurves(Score, int.MaxValue).Deletion(Arguments, [0, 1])).Message);
        Assert.Contains("Picture", Assert.Throws<ArgumentException>(
            () => new PatchCurves(Score, 2) { Picture = 1 }.Deletion(Arguments, [0])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PatchCurves(Score, 0));
        Assert.Contains("one picture", Assert.Throws<ArgumentException>(() => PatchOrder.Sums(torch.ones(2, 3, 4, 4), 2)).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => PatchOrder.Falling([1, double.NaN])).Message);
        Assert.Contains("infinite", Assert.Throws<ArgumentException>(() => PatchOrder.Falling([1, double.PositiveInfinity])).Message);
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-6;

    private static double Probability(Tensor pixels) => Score([pixels]).sigmoid().item<float>();

    // Counts pixels to the right and below for more: (rows, 3, height, width) → (rows)
    private static Tensor Score(IReadOnlyList<Tensor?> inputs)
    {
        var pixels = inputs[0]!;
        var columns = torch.arange(pixels.shape[3]).to(float32) * 0.1 + torch.arange(pixels.shape[2]).to(float32).unsqueeze(1) * 0.03 - 0.2;
        return (pixels * columns).flatten(1).sum(1) * 0.5;
    }
}
