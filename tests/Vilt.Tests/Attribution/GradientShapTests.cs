using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class GradientShapTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly ToyNet model;
    private readonly Tensor pictures, baselines;

    public GradientShapTests()
    {
        torch.random.manual_seed(3);
        model = new ToyNet();
        model.eval();
        (pictures, baselines) = (torch.randn(2, 1, 6, 6), torch.randn(5, 1, 6, 6));
    }

    public void Dispose()
    {
        model.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void A_linear_function_gets_weight_times_the_mean_difference_from_the_baselines()
    {
        using nn.Module<Tensor, Tensor> linear = nn.Linear(3, 2);
        Tensor inputs = torch.randn(2, 3), distribution = torch.randn(4, 3);
        using var result = new GradientShap(linear) { NSamples = 4000 }.Attribute(new([inputs]) { Baselines = [distribution], Target = 1 });
        var expected = linear.parameters().First()[1] * (inputs - distribution.mean([0]));
        Near.Equal(expected, result.Attributions[0], 0.05);
        using var plain = new GradientShap(linear, multiplyByInputs: false).Attribute(new([inputs]) { Target = 1 });
        Near.Equal(linear.parameters().First()[1].expand(2, 3), plain.Attributions[0]);
    }

    [Fact]
    public void With_one_baseline_it_converges_to_integrated_gradients()
    {
        using var shap = Attribute(baselines[..1], samples: 3000);
        using var path = new IntegratedGradients(model).Attribute(
            [pictures], [baselines[..1]], target: 1, cancellationToken: TestContext.Current.CancellationToken);
        Near.Equal(path.Attributions[0], shap.Attributions[0], 0.05);
    }

    [Fact]
    public void Attributions_sum_to_the_difference_from_the_mean_output_of_the_baselines()
    {
        using var result = Attribute(baselines, samples: 3000);
        var difference = model.call(pictures)[.., 1] - model.call(baselines)[.., 1].mean();
        Near.Equal(difference, result.Attributions[0].sum([1, 2, 3]), 0.1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_whatever_the_chunks()
    {
        using AttributionResult first = Attribute(baselines), second = Attribute(baselines), chunked = Attribute(baselines, chunk: 4),
            other = Attribute(baselines, seed: 9);
        Near.Equal(first.Attributions[0], second.Attributions[0], 0);
        Near.Equal(first.Attributions[0], chunked.Attributions[0]);
        Assert.True((first.Attributions[0] - other.Attributions[0]).abs().max().item<float>() > 1e-3);
    }

    [Fact]
    public void Baselines_of_another_shape_are_refused() => Assert.Contains(
        "baselines of input 0 have shape (5, 36)", Assert.Throws<ArgumentException>(() => Attribute(baselines.flatten(1))).Message);

    private AttributionResult Attribute(Tensor distribution, int samples = 5, int? chunk = null, long seed = 0) =>
        new GradientShap(model) { NSamples = samples, Seed = seed }.Attribute(new([pictures])
        {
            Baselines = [distribution],
            Target = 1,
            InternalBatchSize = chunk,
            CancellationToken = TestContext.Current.CancellationToken,
        });
}
