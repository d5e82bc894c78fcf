using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class OcclusionTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly ToyNet model;
    private readonly Tensor pictures;

    public OcclusionTests()
    {
        torch.random.manual_seed(2);
        model = new ToyNet();
        model.eval();
        pictures = torch.randn(2, 1, 6, 6);
    }

    public void Dispose()
    {
        model.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void Windows_without_overlap_are_features()
    {
        var quarters = torch.tensor(Enumerable.Range(0, 36).Select(i => (long)(i / 6 / 3 * 2 + i % 6 / 3)).ToArray()).view(1, 1, 6, 6);
        using var ablation = new FeatureAblation(model) { FeatureMask = [quarters] }.Attribute(Arguments);
        using var occlusion = new Occlusion(model, [[1, 3, 3]], [[1, 3, 3]]).Attribute(Arguments);
        Near.Equal(ablation.Attributions[0], occlusion.Attributions[0], 1e-5);
    }

    [Fact]
    public void A_value_gets_the_mean_over_its_windows_the_last_cut_at_the_edge()
    {
        var method = new Occlusion(inputs => inputs[0]!.flatten(1).sum(1), [[4]], [[3]]);
        var values = torch.tensor(new float[,] { { 1, 2, 3, 4, 5, 6 } });
        using var result = method.Attribute(new([values])); // windows 0 to 3 and 3 to 5, of 10 and 15
        Near.Equal(torch.tensor(new float[,] { { 10, 10, 10, 12.5f, 15, 15 } }), result.Attributions[0]);
    }

    [Fact]
    public void Strides_are_one_if_left_out_and_chunks_change_nothing()
    {
        using AttributionResult none = new Occlusion(model, [[1, 2, 5]]).Attribute(Arguments),
            ones = new Occlusion(model, [[1, 2, 5]], [[1, 1, 1]]).Attribute(Arguments with { InternalBatchSize = 6 });
        Near.Equal(none.Attributions[0], ones.Attributions[0]);
    }

    [Fact]
    public void Several_inputs_are_occluded_one_after_the_other()
    {
        var method = new Occlusion(inputs => inputs[0]!.sum(1).mul(inputs[1]!.sum(1)), [[2], [1]], [[2], [1]]);
        using var result = method.Attribute(new([torch.tensor(new float[,] { { 1, 2, 3, 4 } }), torch.tensor(new float[,] { { 5, 6 } })]));
        Near.Equal(torch.tensor(new float[,] { { 33, 33, 77, 77 } }), result.Attributions[0]);
        Near.Equal(torch.tensor(new float[,] { { 50, 60 } }), result.Attributions[1]);
    }

    [Fact]
    public void Windows_at_the_baseline_cost_nothing()
    {
        pictures[.., .., ..3] = 0;
        var rows = 0;
        using var result = new Occlusion(Counted, [[1, 3, 3]], [[1, 3, 3]]).Attribute(Arguments);
        Assert.Equal(2 * 3, rows);
        Assert.Equal(0, result.Attributions[0][.., .., ..3].abs().max().item<float>());
        Assert.NotEqual(0, result.Attributions[0][.., .., 3..].abs().max().item<float>());

        Tensor Counted(IReadOnlyList<Tensor?> inputs)
        {
            rows += (int)inputs[0]!.shape[0];
            return model.call(inputs[0]!);
        }
    }

    [Fact]
    public void Windows_and_strides_that_do_not_fit_are_refused()
    {
        Assert.Contains("(1, 3, 7) does not fit into input 0, whose size is (1, 6, 6)", Refused([1, 3, 7], [1, 3, 3]));
        Assert.Contains("does not fit", Refused([1, 0, 3], [1, 1, 3]));
        Assert.Contains("stride (1, 4, 3)", Refused([1, 3, 3], [1, 4, 3]));
        Assert.Contains("stride (1, 0, 3)", Refused([1, 3, 3], [1, 0, 3]));
        Assert.Contains("2 dimensions", Refused([3, 3], [3, 3]));
        Assert.Contains("2 windows", Assert.Throws<ArgumentException>(() => new Occlusion(model, [[1, 3, 3], [1]]).Attribute(Arguments)).Message);

        string Refused(int[] window, int[] stride) =>
            Assert.Throws<ArgumentException>(() => new Occlusion(model, [window], [stride]).Attribute(Arguments)).Message;
    }

    private AttributionArguments Arguments => new([pictures])
    {
        Target = new[] { 0, 2 },
        CancellationToken = TestContext.Current.CancellationToken,
    };
}
