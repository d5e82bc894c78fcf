using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

internal static class Near
{
    /// <summary>Equal shapes, and no difference above a share of the expected tensor's largest magnitude (or of <paramref name="scale"/>).</summary>
    internal static void Equal(Tensor expected, Tensor actual, double share = 1e-5, double? scale = null)
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(expected.shape, actual.shape);
        var largest = scale ?? expected.abs().max().to(ScalarType.Float64).item<double>();
        var difference = (expected - actual).abs().max().to(ScalarType.Float64).item<double>();
        Assert.True(difference <= share * largest, $"differs by {difference:g3}, the largest value being {largest:g3}");
    }
}
