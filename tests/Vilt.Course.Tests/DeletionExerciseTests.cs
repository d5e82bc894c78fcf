using TorchSharp;
using Vilt.Attribution;
using Vilt.Evaluation;

namespace Vilt.Course.Tests;

public sealed class DeletionExerciseTests : IDisposable
{
    private const int PatchSize = 8;
    private static readonly int[] Order = [2, 0, 3, 1];

    private readonly SmallModel small = new();
    private readonly AttributionArguments arguments;

    public DeletionExerciseTests()
    {
        using var mixed = 0.37.ToScalar();
        small.Batch.PixelValues.mul_(torch.arange(256, torch.float32).reshape(1, 1, 16, 16).mul(mixed).sin()); // no patch like another
        arguments = new([small.Batch.InputIds, small.Batch.PixelValues])
        {
            Target = 1,
            AdditionalForwardArgs = [small.Batch.AttentionMask, small.Batch.PixelMask, small.Batch.TokenTypeIds],
        };
    }

    public void Dispose() => small.Dispose();

    [Fact]
    public void The_librarys_curve_is_right() => Assert.StartsWith("Right: ", Check([.. Curve(Order)]), StringComparison.Ordinal);

    [Fact]
    public void A_wrong_answer_is_told()
    {
        Says(null, "Not done yet: curve has no value.");
        Says([Curve(Order)[0]], "Not done yet: curve has 1 of 5 points.");
        Says([.. Curve(Order).Skip(1)], "curve has 4 points, not 5.");
        Says([.. Curve([.. Order.Reverse()])], "The patches go in the other order.");
        Says([.. Curve([.. Order.Order()])], "The patches go row by row.");
        Says([.. Curve([3, 0, 1, 2])], "Point 1 of curve is not right, and the last is.");
        Says([.. Curve(Order).Take(3), 0.1, 0.2], "Point 3 of curve is not right.");
    }

    private IReadOnlyList<double> Curve(int[] order) => new PatchCurves(small.Wrapped, PatchSize) { Picture = 1 }.Deletion(arguments, order).Scores;

    private void Says(List<double>? curve, string wrong) => Assert.StartsWith(wrong, Unsolved.Message(() => Check(curve)), StringComparison.Ordinal);

    private string Check(List<double>? curve) => DeletionExercise.Check(curve, small.Wrapped, arguments, Order, PatchSize);
}
