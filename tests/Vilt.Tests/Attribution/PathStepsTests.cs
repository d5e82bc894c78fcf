using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class PathStepsTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly ToyExample toy = new();
    private readonly ModelInputWrapper wrapped;
    private int rows;

    public PathStepsTests() => wrapped = new ModelInputWrapper(toy.Model);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        wrapped.Dispose();
        toy.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    public void Steps_are_added_until_the_delta_is_met(double delta)
    {
        using var result = Until(delta);
        Assert.InRange(result.ConvergenceDelta.abs().max().item<float>(), 0, (float)delta);
        using var fixedSteps = toy.Attribute(new LayerIntegratedGradients(wrapped, Layers), nSteps: 200);
        for (var i = 0; i < 2; i++)
        {
            Near.Equal(fixedSteps.Attributions[i], result.Attributions[i], 10 * delta);
        }
    }

    [Fact]
    public void A_smaller_delta_takes_more_steps()
    {
        using IntegratedGradientsResult coarse = Until(1), fine = Until(1e-6);
        Assert.Equal(20, coarse.Steps);
        Assert.True(fine.Steps > 20, $"{fine.Steps} steps");
    }

    [Fact]
    public void A_halving_computes_its_own_steps_and_the_output_between_them()
    {
        using var result = Until(1e-6);
        var halvings = (result.Steps - 20) / 10;
        Assert.Equal(3 * (2 + 3 + result.Steps + halvings), rows); // ends, quarters, steps and middles, of three examples
    }

    [Fact]
    public void A_sudden_change_takes_fewer_steps_than_the_fixed_rule()
    {
        var method = new IntegratedGradients(inputs => (inputs[0]! * 200 - 20).sigmoid().sum(1)); // (rows, 1) to (rows), steep at a tenth
        var end = torch.ones(1, 1);
        using var adaptive = method.Attribute(new([end]), PathSteps.Until(1e-3));
        using var fixedSteps = method.Attribute([end], nSteps: adaptive.Steps, cancellationToken: Token);
        Assert.InRange(Math.Abs(adaptive.ConvergenceDelta.item<float>()), 0, 1e-3);
        Assert.True(Math.Abs(fixedSteps.ConvergenceDelta.item<float>()) > 1e-3, $"{adaptive.Steps} steps");
    }

    [Fact]
    public void Parts_that_are_no_longer_kept_still_count()
    {
        var method = new IntegratedGradients(inputs => (inputs[0]! * 150).sin().sum(1)); // as rough everywhere: more than eight parts
        var end = torch.ones(2, 1) * torch.tensor(new[] { 1f, 0.7f }).unsqueeze(1);
        using var result = method.Attribute(new([end]), PathSteps.Until(1e-4));
        Assert.InRange(result.Steps, 200, 500);
        Assert.InRange(result.ConvergenceDelta.abs().max().item<float>(), 0, 1e-4f);
        Near.Equal((end * 150).sin(), result.Attributions[0], 1e-3);
    }

    [Fact]
    public void The_most_steps_end_it_and_the_result_tells_the_delta()
    {
        using var result = Until(1e-12, maxSteps: 45);
        Assert.Equal(40, result.Steps);
        Assert.True(result.ConvergenceDelta.abs().max().item<float>() > 1e-12);
    }

    [Fact]
    public void Inputs_are_explained_likewise_and_chunks_change_nothing_but_rounding()
    {
        var method = new IntegratedGradients(inputs => toy.Model.call(toy.Ids.repeat(inputs[0]!.shape[0] / 3, 1), inputs[0]!, null, null));
        var arguments = new AttributionArguments([toy.Values]) { Baselines = [0.1], Target = toy.Targets, CancellationToken = Token };
        using var whole = method.Attribute(arguments, PathSteps.Until(1e-4));
        using var chunked = method.Attribute(arguments with { InternalBatchSize = 4 }, PathSteps.Until(1e-4));
        Assert.InRange(whole.ConvergenceDelta.abs().max().item<float>(), 0, 1e-4f);
        Assert.Equal(whole.Steps, chunked.Steps);
        Near.Equal(whole.Attributions[0], chunked.Attributions[0]);
    }

    [Fact]
    public void Progress_counts_to_the_end_of_each_halving()
    {
        List<AttributionProgress> told = [];
        using var result = Until(1e-6, progress: new Listener<AttributionProgress>(told.Add), internalBatchSize: 12);
        Assert.Equal(told.Select(at => at.StepsDone).Order(), told.Select(at => at.StepsDone));
        Assert.Equal(new AttributionProgress(result.Steps, result.Steps), told[^1]);
        Assert.Contains(new AttributionProgress(4, 20), told);
    }

    [Fact]
    public void Parts_of_a_rule_sum_to_the_rule()
    {
        var rule = Quadrature.Of(QuadratureMethod.GaussLegendre, 12);
        using var whole = toy.Attribute(new LayerIntegratedGradients(wrapped, Layers), nSteps: 12);
        using var even = At(0);
        using var odd = At(1);
        for (var i = 0; i < 2; i++)
        {
            Near.Equal(whole.Attributions[i], even.Attributions[i] + odd.Attributions[i]);
        }

        Assert.Equal((6, 6), (even.Steps, odd.Steps));

        IntegratedGradientsResult At(int rest)
        {
            int[] places = [.. Enumerable.Range(0, 12).Where(place => place % 2 == rest)];
            return Along(PathSteps.At([.. places.Select(place => rule.Alphas[place])], [.. places.Select(place => rule.Weights[place])]));
        }
    }

    [Fact]
    public void Outputs_along_the_path_lead_from_the_baselines_to_the_inputs()
    {
        var method = new LayerIntegratedGradients(Counted, Layers);
        var arguments = new AttributionArguments([toy.Ids, toy.Values])
        {
            Baselines = [3, 0.1],
            Target = toy.Targets,
            AdditionalForwardArgs = [toy.Mask, toy.Temperature],
            InternalBatchSize = 6,
        };
        using var outputs = method.OutputsAlong(arguments, [0, 0.25, 0.5, 0.75, 1]);
        using var result = method.Attribute(arguments, PathSteps.Fixed(200));
        Assert.Equal([5, 3], outputs.shape);
        var sums = result.Attributions.Select(one => one.flatten(1).sum(1)).Aggregate((one, other) => one + other);
        Near.Equal(sums - result.ConvergenceDelta, outputs[4] - outputs[0]);
        using var half = method.Attribute(arguments, PathSteps.At(
            [.. Quadrature.Of(QuadratureMethod.GaussLegendre, 100).Alphas.Select(alpha => alpha / 2)],
            [.. Quadrature.Of(QuadratureMethod.GaussLegendre, 100).Weights.Select(weight => weight / 2)]));
        Near.Equal(half.Attributions.Select(one => one.flatten(1).sum(1)).Aggregate((one, other) => one + other), outputs[2] - outputs[0], 1e-4);
    }

    [Fact]
    public void Twenty_of_them_leave_no_tensor_behind()
    {
        Until(1e-5).Dispose();
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 20; i++)
        {
            Until(1e-5).Dispose();
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Impossible_demands_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Until(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Until(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Until(0.1, maxSteps: 19));
        Assert.Throws<ArgumentException>(() => PathSteps.At([], []));
        Assert.Throws<ArgumentException>(() => PathSteps.At([0.5, 1], [1]));
        Assert.Throws<ArgumentException>(() => PathSteps.At([1.1], [1]));
    }

    // What the output depends on, so that attributions can add up to its difference.
    private nn.Module[] Layers => [wrapped.InputMaps["values"], toy.Model.words];

    private IntegratedGradientsResult Until(
        double delta, int maxSteps = 1023, IProgress<AttributionProgress>? progress = null, int? internalBatchSize = null) =>
        Along(PathSteps.Until(delta, maxSteps), progress, internalBatchSize);

    private IntegratedGradientsResult Along(PathSteps steps, IProgress<AttributionProgress>? progress = null, int? internalBatchSize = null) =>
        new LayerIntegratedGradients(Counted, Layers) { Steps = steps }.Attribute(
            [toy.Ids, toy.Values], [3, 0.1], toy.Targets, [toy.Mask, toy.Temperature], internalBatchSize: internalBatchSize,
            progress: progress, cancellationToken: Token);

    private Tensor Counted(IReadOnlyList<Tensor?> inputs)
    {
        rows += (int)inputs[0]!.shape[0];
        return wrapped.Forward(inputs);
    }
}
