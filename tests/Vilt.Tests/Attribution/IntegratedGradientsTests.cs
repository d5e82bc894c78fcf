using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class IntegratedGradientsTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly ToyNet model;
    private readonly Tensor pictures;

    public IntegratedGradientsTests()
    {
        torch.random.manual_seed(2);
        model = new ToyNet();
        model.eval();
        pictures = torch.randn(4, 1, 6, 6);
    }

    public void Dispose()
    {
        model.Dispose();
        scope.Dispose();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_linear_model_gets_weight_times_difference_with_any_rule_but_the_trapezoid()
    {
        using nn.Module<Tensor, Tensor> linear = nn.Linear(5, 2);
        Tensor inputs = torch.randn(3, 5), baseline = torch.randn(1, 5);
        var exact = linear.parameters().First()[1] * (inputs - baseline);
        foreach (var method in Enum.GetValues<QuadratureMethod>())
        {
            using var result = new IntegratedGradients(linear).Attribute(
                [inputs], [baseline], target: 1, nSteps: 4, method: method, cancellationToken: Cancellation);
            var sum = Quadrature.Of(method, 4).Weights.Sum();
            Near.Equal(exact * sum, result.Attributions[0]);
            if (method != QuadratureMethod.RiemannTrapezoid)
            {
                Near.Equal(torch.zeros(3), result.ConvergenceDelta, scale: 1);
            }
        }
    }

    [Fact]
    public void Layer_attributions_of_wrapped_inputs_are_the_same()
    {
        var wrapped = new ModelInputWrapper(model);
        using var plain = new IntegratedGradients(model).Attribute(
            [pictures], [0.3], target: 1, nSteps: 7, cancellationToken: Cancellation);
        foreach (var onInput in new[] { false, true })
        {
            using var layer = new LayerIntegratedGradients(wrapped, [wrapped.InputMaps["picture"]], attributeToLayerInput: onInput).Attribute(
                [pictures], [0.3], target: 1, nSteps: 7, cancellationToken: Cancellation);
            Near.Equal(plain.Attributions[0], layer.Attributions[0], 1e-6);
            Near.Equal(plain.ConvergenceDelta, layer.ConvergenceDelta, scale: 1);
        }
    }

    [Fact]
    public void Attributions_sum_to_the_difference_of_outputs()
    {
        using var result = new IntegratedGradients(model).Attribute(
            [pictures], target: new[] { 0, 1, 2, 1 }, nSteps: 60, internalBatchSize: 10, cancellationToken: Cancellation);
        var difference = model.call(pictures) - model.call(torch.zeros_like(pictures));
        var chosen = torch.stack([difference[0, 0], difference[1, 1], difference[2, 2], difference[3, 1]]);
        Near.Equal(chosen, result.Attributions[0].sum([1, 2, 3]), 1e-4);
    }

    [Fact]
    public void Baselines_may_be_left_out_a_number_one_row_or_a_full_tensor()
    {
        Baseline[][] alike = [[0.2], [torch.full([1, 1, 6, 6], 0.2f)], [torch.full_like(pictures, 0.2)]];
        using var first = Attribute(alike[0]);
        foreach (var baselines in alike[1..])
        {
            using var other = Attribute(baselines);
            Near.Equal(first.Attributions[0], other.Attributions[0], 1e-6);
        }

        using IntegratedGradientsResult none = Attribute(null), zero = Attribute([0]);
        Near.Equal(none.Attributions[0], zero.Attributions[0], 0);

        IntegratedGradientsResult Attribute(Baseline[]? baselines) => new IntegratedGradients(model).Attribute(
            [pictures], baselines, target: 0, nSteps: 3, cancellationToken: Cancellation);
    }

    [Fact]
    public void An_input_without_influence_is_an_error_that_names_it()
    {
        var attribution = new IntegratedGradients(inputs => inputs[0]!.sum(1));
        var error = Assert.Throws<InvalidOperationException>(() => attribution.Attribute(
            [torch.ones(2, 3), torch.ones(2, 3)], cancellationToken: Cancellation));
        Assert.Contains("input 1", error.Message);
        var constant = new IntegratedGradients(inputs => torch.ones(inputs[0]!.shape[0]));
        error = Assert.Throws<InvalidOperationException>(() => constant.Attribute([torch.ones(2, 3)], cancellationToken: Cancellation));
        Assert.Contains("input 0", error.Message);
    }

    [Fact]
    public void Ids_are_refused_since_they_have_no_gradient()
    {
        var attribution = new IntegratedGradients(inputs => inputs[0]!.to(ScalarType.Float32).sum(1));
        var error = Assert.Throws<ArgumentException>(() => attribution.Attribute(
            [torch.ones(2, 3, dtype: ScalarType.Int64)], cancellationToken: Cancellation));
        Assert.Contains("input 0", error.Message);
        Assert.Contains("Int64", error.Message);
    }
}
