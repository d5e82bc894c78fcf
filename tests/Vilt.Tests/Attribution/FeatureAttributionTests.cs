using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class FeatureAttributionTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly ToyExample toy = new();

    public void Dispose()
    {
        toy.Dispose();
        scope.Dispose();
    }

    // Four features: the first two tokens and the first value, the other tokens, the second value, the third.
    private static Tensor[] Mask => [torch.tensor(new long[,] { { 7, 7, 9, 9, 9, 9 } }), torch.tensor(new long[,] { { 7, 8, 20 } })];

    private AttributionArguments Arguments => new([toy.Ids, toy.Values])
    {
        Baselines = [3, 0.1],
        Target = toy.Targets,
        AdditionalForwardArgs = [toy.Mask, toy.Temperature],
        CancellationToken = TestContext.Current.CancellationToken,
    };

    private Tensor Difference => toy.Outputs(toy.Ids, toy.Values) - toy.Outputs(torch.full_like(toy.Ids, 3), torch.full_like(toy.Values, 0.1));

    [Fact]
    public void Ablation_of_a_feature_is_the_difference_of_two_forward_passes()
    {
        using var result = new FeatureAblation(toy.Model) { FeatureMask = Mask }.Attribute(Arguments);
        var (ids, values) = (toy.Ids.clone(), toy.Values.clone());
        ids[.., ..2] = 3;
        values[.., 0] = 0.1f;
        var expected = toy.Outputs(toy.Ids, toy.Values) - toy.Outputs(ids, values);
        Near.Equal(expected, result.Attributions[0][.., 0], 1e-5);
        Near.Equal(expected, result.Attributions[0][.., 1], 1e-5);
        Near.Equal(expected, result.Attributions[1][.., 0], 1e-5);
        Assert.Equal(ScalarType.Float32, result.Attributions[0].dtype);
    }

    [Fact]
    public void Without_a_mask_each_value_is_a_feature()
    {
        using var result = new FeatureAblation(toy.Model).Attribute(Arguments);
        for (var token = 0; token < 6; token++)
        {
            var ids = toy.Ids.clone();
            ids[.., token] = 3;
            Near.Equal(toy.Outputs(toy.Ids, toy.Values) - toy.Outputs(ids, toy.Values), result.Attributions[0][.., token], 1e-4, scale: 0.1);
        }
    }

    [Fact]
    public void Masks_may_differ_from_example_to_example()
    {
        Tensor[] masks = [torch.zeros(3, 6, dtype: ScalarType.Int64), torch.tensor(new long[,] { { 1, 1, 2 }, { 2, 1, 1 }, { 1, 2, 1 } })];
        using var together = new ShapleyValues(toy.Model) { FeatureMask = masks }.Attribute(Arguments);
        for (var i = 0; i < 3; i++)
        {
            var one = toy.Of(i);
            using var alone = new ShapleyValues(toy.Model) { FeatureMask = [masks[0][..1], masks[1][i..(i + 1)]] }.Attribute(
                Arguments with { Inputs = [one.Ids, one.Values], Target = one.Targets, AdditionalForwardArgs = [one.Mask, toy.Temperature] });
            Near.Equal(alone.Attributions[1], together.Attributions[1][i..(i + 1)], 1e-4);
        }
    }

    [Fact]
    public void Shapley_values_are_the_mean_over_all_orders_and_sum_to_the_difference_of_outputs()
    {
        using var result = new ShapleyValues(toy.Model) { FeatureMask = Mask }.Attribute(Arguments);
        var sum = result.Attributions[0][.., 2] + result.Attributions[1].sum(1); // each feature once
        Near.Equal(Difference, sum, 1e-5);
        double[] outputs = [1, 4, 2, 9, 0.5, 3, 7, 20]; // of sets of three, bit i for feature i
        Assert.Equal(ByOrders(outputs), ShapleyValues.Of(outputs), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Sampled_Shapley_values_sum_to_the_difference_and_converge_to_the_exact_ones()
    {
        using var exact = new ShapleyValues(toy.Model) { FeatureMask = Mask }.Attribute(Arguments);
        using AttributionResult few = Sampled(4, seed: 3), many = Sampled(600, seed: 3), again = Sampled(4, seed: 3), other = Sampled(4, seed: 4);
        Near.Equal(Difference, few.Attributions[0][.., 2] + few.Attributions[1].sum(1), 1e-5);
        Near.Equal(exact.Attributions[1], many.Attributions[1], 0.05);
        Near.Equal(few.Attributions[1], again.Attributions[1], 0);
        Assert.True((few.Attributions[1] - other.Attributions[1]).abs().max().item<float>() > 1e-4);
        Assert.True(Off(many, exact) < Off(few, exact));

        AttributionResult Sampled(int samples, long seed) =>
            new ShapleyValueSampling(toy.Model) { FeatureMask = Mask, NSamples = samples, Seed = seed }.Attribute(Arguments);
    }

    [Fact]
    public void Chunks_change_nothing_but_rounding_and_progress_counts_the_rows()
    {
        IAttributionMethod[] methods =
        [
            new FeatureAblation(toy.Model) { FeatureMask = Mask },
            new ShapleyValues(toy.Model) { FeatureMask = Mask },
            new ShapleyValueSampling(toy.Model) { FeatureMask = Mask },
        ];
        foreach (var (method, rows) in methods.Zip([1 + 4, 16, 2 + 25 * 3]))
        {
            List<AttributionProgress> told = [];
            using AttributionResult whole = method.Attribute(Arguments), chunked = method.Attribute(
                Arguments with { InternalBatchSize = 7, Progress = new Listener<AttributionProgress>(told.Add) });
            Near.Equal(whole.Attributions[0], chunked.Attributions[0]);
            Near.Equal(whole.Attributions[1], chunked.Attributions[1]);
            Assert.Equal((rows + 1) / 2, told.Count);
            Assert.Equal(new AttributionProgress(rows, rows), told[^1]);
        }
    }

    [Fact]
    public void Features_at_their_baseline_count_nothing_and_cost_nothing()
    {
        var ids = toy.Ids.clone();
        ids[.., 2..] = 3;
        var rows = 0;
        var ablation = new FeatureAblation(Counted) { FeatureMask = Mask };
        using var result = ablation.Attribute(Arguments with { Inputs = [ids, toy.Values] });
        Assert.Equal(3 * 4, rows);
        Assert.Equal(0, result.Attributions[0][.., 2..].abs().max().item<float>());
        using var nothing = ablation.Attribute(Arguments with { Inputs = [torch.full_like(ids, 3), torch.full_like(toy.Values, 0.1)] });
        Assert.Equal(0, nothing.Attributions[1].abs().max().item<float>());

        Tensor Counted(IReadOnlyList<Tensor?> inputs)
        {
            rows += (int)inputs[0]!.shape[0];
            return toy.Model.call(inputs[0]!, inputs[1]!, inputs[2], inputs[3]);
        }
    }

    [Fact]
    public void Masks_of_another_shape_type_or_number_are_refused()
    {
        Assert.Contains("mask of input 1 is Int64 (1, 2)", Refused([Mask[0], torch.tensor(new long[,] { { 1, 2 } })]));
        Assert.Contains("mask of input 0 is Int64 (6)", Refused([Mask[0][0], Mask[1]]));
        Assert.Contains("mask of input 0 is Float32", Refused([Mask[0].to(ScalarType.Float32), Mask[1]]));
        Assert.Contains("1 feature masks for 2 inputs", Refused([Mask[0]]));
        Assert.Throws<ArgumentNullException>(() => new FeatureAblation(toy.Model) { FeatureMask = [Mask[0], null!] }.Attribute(Arguments));

        string Refused(Tensor[] mask) =>
            Assert.Throws<ArgumentException>(() => new FeatureAblation(toy.Model) { FeatureMask = mask }.Attribute(Arguments)).Message;
    }

    [Fact]
    public void Too_many_features_for_exact_values_and_no_samples_are_refused()
    {
        var method = new ShapleyValues(inputs => inputs[0]!.sum(1));
        Assert.Contains("ShapleyValueSampling", Assert.Throws<ArgumentException>(() => method.Attribute(new([torch.ones(1, 21)]))).Message);
        Assert.Contains("NSamples", Assert.Throws<ArgumentOutOfRangeException>(() => new ShapleyValueSampling(toy.Model) { NSamples = 0 }).Message);
    }

    private static double Off(AttributionResult result, AttributionResult exact) =>
        (result.Attributions[1] - exact.Attributions[1]).abs().max().item<float>();

    // The definition: what a feature adds to those before it, over all orders.
    private static double[] ByOrders(double[] outputs)
    {
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        var values = new double[3];
        foreach (var order in orders)
        {
            var set = 0;
            foreach (var feature in order)
            {
                values[feature] += (outputs[set | 1 << feature] - outputs[set]) / orders.Length;
                set |= 1 << feature;
            }
        }

        return values;
    }
}
