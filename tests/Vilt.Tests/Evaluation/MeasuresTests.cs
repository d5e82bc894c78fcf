using TorchSharp;
using Vilt.Attribution;
using Vilt.Evaluation;
using Vilt.Tests.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Evaluation;

/// <summary>Infidelity, maximum sensitivity, shares of inputs and another target, on a toy of ids and values.</summary>
public sealed class MeasuresTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly ToyExample toy = new();

    public void Dispose()
    {
        toy.Dispose();
        scope.Dispose();
    }

    private AttributionArguments Arguments => new([toy.Ids, toy.Values])
    {
        Baselines = [3, 0.1],
        Target = toy.Targets,
        AdditionalForwardArgs = [toy.Mask, toy.Temperature],
        CancellationToken = TestContext.Current.CancellationToken,
    };

    [Fact]
    public void Gradients_of_a_linear_function_are_faithful_and_a_multiple_is_if_normalized()
    {
        using nn.Module<Tensor, Tensor> linear = nn.Linear(3, 2);
        var arguments = new AttributionArguments([torch.randn(4, 3)]) { Target = 1 };
        var gradient = linear.parameters().First()[1].expand(4, 3).detach();
        var noise = Perturbations.Normal([0.3]);
        Assert.All(new Infidelity(linear).Measure(arguments, [gradient], noise), value => Assert.InRange(value, 0, 1e-10));
        Assert.All(new Infidelity(linear).Measure(arguments, [gradient * 2], noise), value => Assert.True(value > 1e-4));
        var normalized = new Infidelity(linear) { Normalize = true };
        Assert.All(normalized.Measure(arguments, [gradient * 2], noise), value => Assert.InRange(value, 0, 1e-10));
        Assert.All(normalized.Measure(arguments, [gradient * 0], noise), value => Assert.True(value > 1e-4));
    }

    [Fact]
    public void Infidelity_follows_its_definition_for_each_example_and_leaves_ids_alone()
    {
        var noise = Perturbations.Normal([0.3], seed: 2);
        var map = torch.randn(3, 3);
        var values = new Infidelity(toy.Model) { NPerturbSamples = 4 }.Measure(
            Arguments with { InternalBatchSize = 6 }, [torch.zeros(1), map], noise);
        var expected = torch.zeros(3);
        for (var sample = 0; sample < 4; sample++)
        {
            var shift = noise([toy.Ids, toy.Values], sample)[1];
            var difference = toy.Outputs(toy.Ids, toy.Values) - toy.Outputs(toy.Ids, toy.Values - shift);
            expected += ((shift * map).sum(dim: 1) - difference).square() / 4;
        }

        Near.Equal(expected.to(float64), torch.tensor(values), 1e-4);
    }

    [Fact]
    public void Sensitivity_follows_its_definition_for_each_example()
    {
        var method = new LayerGradientXActivation(toy.Model, [toy.Model.words, toy.Model.features]);
        var noise = Perturbations.Uniform(0.1, seed: 4);
        var values = new MaxSensitivity(method) { NPerturbSamples = 3, Perturbation = noise }.Measure(Arguments with { InternalBatchSize = 6 });
        var before = Flat(Arguments);
        Tensor[] changes = [.. Enumerable.Range(0, 3).Select(sample =>
            (Flat(Arguments with { Inputs = [toy.Ids, toy.Values + noise([toy.Ids, toy.Values], sample)[1]] }) - before).norm(1, false, 2))];
        var expected = torch.stack(changes).amax([0]) / before.norm(1, false, 2);
        Near.Equal(expected.to(float64), torch.tensor(values), 1e-4);
        Assert.All(new MaxSensitivity(method) { Perturbation = Perturbations.Uniform(0) }.Measure(Arguments), value => Assert.InRange(value, 0, 1e-6));

        Tensor Flat(AttributionArguments arguments)
        {
            var result = method.Attribute(arguments);
            return torch.cat([.. result.Attributions.Select(attribution => attribution.flatten(1))], 1);
        }
    }

    [Fact]
    public void Shares_of_two_inputs_take_four_rows_and_sum_to_the_difference()
    {
        var rows = 0;
        var shares = InputShares.Of(Counted, Arguments);
        Assert.Equal(4 * 3, rows);
        var (ids, values) = (torch.full_like(toy.Ids, 3), torch.full_like(toy.Values, 0.1));
        Tensor both = toy.Outputs(toy.Ids, toy.Values), text = toy.Outputs(toy.Ids, values), picture = toy.Outputs(ids, toy.Values),
            none = toy.Outputs(ids, values);
        var ofText = (both - picture + text - none) / 2;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ofText[i].item<float>(), shares[i].Values[0], 1e-5);
            Assert.Equal((both - none)[i].item<float>(), shares[i].Values.Sum(), 1e-5);
            Assert.Equal(1, shares[i].Shares.Sum(), 1e-12);
        }

        Assert.Equal([0.75, 0.25], new InputShares([-3, 1]).Shares);
        Assert.Equal([0, 0], new InputShares([0, 0]).Shares);

        Tensor Counted(IReadOnlyList<Tensor?> inputs)
        {
            rows += (int)inputs[0]!.shape[0];
            return toy.Model.call(inputs[0]!, inputs[1]!, inputs[2], inputs[3]);
        }
    }

    [Fact]
    public void Another_target_is_compared_layer_by_layer()
    {
        var method = new LayerGradientXActivation(toy.Model, [toy.Model.words, toy.Model.features]);
        Assert.All(OtherTarget.Correlations(method, Arguments, toy.Targets), same => Assert.Equal(1, same.WithSign, 1e-6));
        var other = OtherTarget.Correlations(method, Arguments, 1);
        Assert.Equal(2, other.Count);
        Assert.True(other[1].WithSign < 0.99);
    }

    [Fact]
    public void Measures_leave_no_tensor_behind_and_stop_when_told()
    {
        Action<AttributionArguments>[] measures =
        [
            arguments => new Infidelity(toy.Model).Measure(arguments, [toy.Mask, toy.Values], Perturbations.Normal([0.1])),
            arguments => new MaxSensitivity(new LayerGradientXActivation(toy.Model, [toy.Model.words])).Measure(arguments),
            arguments => InputShares.Of(toy.Model, arguments),
            arguments => OtherTarget.Correlations(new LayerGradientXActivation(toy.Model, [toy.Model.words]), arguments, 1),
        ];
        var arguments = Arguments;
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        foreach (var measure in measures)
        {
            measure(arguments);
            Assert.Throws<OperationCanceledException>(() => measure(arguments with { CancellationToken = new(canceled: true) }));
            Assert.ThrowsAny<ArgumentException>(() => measure(arguments with { Target = 99 }));
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void An_output_that_is_NaN_is_refused_by_every_measure()
    {
        using (no_grad())
        {
            toy.Model.head.parameters().Last()[0] = double.NaN;
        }

        var arguments = Arguments with { Target = 0 };
        var method = new FeatureAblation(toy.Model);
        var curves = new PatchCurves(inputs => inputs[0]!.flatten(1).sum(1).log(), patchSize: 1);
        Assert.All<Action>(
            [
                () => new Infidelity(toy.Model).Measure(arguments, [toy.Mask, toy.Values], Perturbations.Normal([0.1])),
                () => new MaxSensitivity(method).Measure(arguments),
                () => InputShares.Of(toy.Model, arguments),
                () => OtherTarget.Correlations(method, arguments, 1),
                () => curves.Deletion(new([-torch.ones(1, 1, 1, 2)]), [0, 1]),
            ],
            measure => Assert.Contains("NaN", Assert.Throws<InvalidOperationException>(measure).Message));
    }

    [Fact]
    public void Attributions_that_do_not_fit_and_no_samples_are_refused()
    {
        var measure = new Infidelity(toy.Model);
        var noise = Perturbations.Normal([0.1]);
        Assert.Contains("1 attributions for 2 inputs", Assert.Throws<ArgumentException>(() => measure.Measure(Arguments, [toy.Values], noise)).Message);
        Assert.Contains("input 1 have shape (3, 6)", Assert.Throws<ArgumentException>(() => measure.Measure(Arguments, [toy.Ids, toy.Ids], noise)).Message);
        Assert.Contains("nothing to perturb", Assert.Throws<ArgumentException>(
            () => measure.Measure(Arguments with { Inputs = [toy.Ids], Baselines = null }, [toy.Ids], noise)).Message);
        Assert.Contains("input 1 hold NaN", Assert.Throws<ArgumentException>(
            () => measure.Measure(Arguments, [toy.Ids, toy.Values * double.NaN], noise)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Infidelity(toy.Model) { NPerturbSamples = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaxSensitivity(new FeatureAblation(toy.Model)) { NPerturbSamples = 0 });
    }

    [Fact]
    public void Perturbations_of_another_number_or_shape_are_refused()
    {
        Assert.All(Refused((inputs, _) => [inputs[0]]), message => Assert.Contains("gave 1 tensors for 2 inputs", message));
        Assert.All(Refused((inputs, _) => [inputs[0], inputs[1].unsqueeze(0)]), message => Assert.Contains("input 1 has shape (1, 3, 3)", message));

        string[] Refused(Perturbation given) =>
        [
            Assert.Throws<InvalidOperationException>(() => new Infidelity(toy.Model).Measure(Arguments, [toy.Ids, toy.Values], given)).Message,
            Assert.Throws<InvalidOperationException>(
                () => new MaxSensitivity(new FeatureAblation(toy.Model)) { Perturbation = given }.Measure(Arguments)).Message,
        ];
    }
}
