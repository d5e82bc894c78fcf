using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class NoiseTunnelTests : IDisposable
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
        Baselines = [3, torch.rand_like(toy.Values)],
        Target = toy.Targets,
        AdditionalForwardArgs = [toy.Mask, toy.Temperature],
        CancellationToken = TestContext.Current.CancellationToken,
    };

    private IAttributionMethod[] Methods =>
    [
        new LayerIntegratedGradients(toy.Model, [toy.Model.words, toy.Model.features]) { Steps = PathSteps.Fixed(3) },
        new LayerGradientXActivation(toy.Model, [toy.Model.splitter]),
        new FeatureAblation(toy.Model),
    ];

    [Fact]
    public void Without_noise_SmoothGrad_is_the_method_itself_of_every_example()
    {
        var arguments = Arguments;
        foreach (var method in Methods)
        {
            using AttributionResult plain = method.Attribute(arguments), smooth = Smooth(method, NoiseTunnelType.SmoothGrad, 0).Attribute(arguments),
                squares = Smooth(method, NoiseTunnelType.SmoothGradSquare, 0).Attribute(arguments),
                variances = Smooth(method, NoiseTunnelType.VarGrad, 0).Attribute(arguments);
            Assert.Equal(plain.ByLayer.Select(layer => layer.Count), smooth.ByLayer.Select(layer => layer.Count));
            for (var i = 0; i < plain.Attributions.Count; i++)
            {
                Near.Equal(plain.Attributions[i], smooth.Attributions[i]);
                Near.Equal(plain.Attributions[i].square(), squares.Attributions[i]);
                Near.Equal(torch.zeros_like(plain.Attributions[i]), variances.Attributions[i], scale: 1e-4);
            }
        }
    }

    [Fact]
    public void The_three_types_are_mean_mean_square_and_variance_over_the_samples()
    {
        var noise = Perturbations.Normal([0.5], seed: 5);
        Tensor[] samples = [.. Enumerable.Range(0, 4).Select(sample => Gradient(toy.Values + noise([toy.Values], sample)[0]))];
        var all = torch.stack(samples);
        Near.Equal(all.mean([0]), Of(NoiseTunnelType.SmoothGrad));
        Near.Equal(all.square().mean([0]), Of(NoiseTunnelType.SmoothGradSquare));
        Near.Equal(all.var(0, unbiased: false), Of(NoiseTunnelType.VarGrad));

        Tensor Of(NoiseTunnelType type)
        {
            var method = new NoiseTunnel(new Saliency(OfValues)) { NtType = type, NtSamples = 4, Stdevs = [0.5], Seed = 5 };
            return method.Attribute(new([toy.Values]) { Target = toy.Targets }).Attributions[0];
        }

        Tensor Gradient(Tensor values) => new Saliency(OfValues).Attribute(new([values]) { Target = toy.Targets }).Attributions[0];
    }

    [Fact]
    public void The_same_seed_gives_the_same_whatever_the_chunks_and_another_does_not()
    {
        var method = new NoiseTunnel(new Saliency(OfValues)) { Seed = 1 };
        AttributionArguments arguments = new([toy.Values]) { Target = 2 };
        using AttributionResult first = method.Attribute(arguments), second = method.Attribute(arguments),
            chunked = method.Attribute(arguments with { InternalBatchSize = 6 }),
            other = new NoiseTunnel(new Saliency(OfValues)) { Seed = 2 }.Attribute(arguments);
        Near.Equal(first.Attributions[0], second.Attributions[0], 0);
        Near.Equal(first.Attributions[0], chunked.Attributions[0]);
        Assert.True((first.Attributions[0] - other.Attributions[0]).abs().max().item<float>() > 1e-3);
    }

    [Fact]
    public void Progress_counts_samples_and_the_defaults_are_captums()
    {
        List<AttributionProgress> told = [];
        var method = new NoiseTunnel(new Saliency(OfValues));
        using var result = method.Attribute(new([toy.Values]) { Target = 2, InternalBatchSize = 6, Progress = new Listener<AttributionProgress>(told.Add) });
        Assert.Equal([new(2, 5), new(4, 5), new(5, 5)], told);
        Assert.Equal((NoiseTunnelType.SmoothGrad, 5, 1.0), (method.NtType, method.NtSamples, method.Stdevs[0]));
    }

    [Fact]
    public void Noise_comes_close_to_its_deviation_and_ids_get_none()
    {
        var zeros = torch.zeros(100, 100);
        var noise = Perturbations.Normal([0, 2], seed: 1)([zeros, zeros], 3);
        Assert.Equal(0, noise[0].abs().max().item<float>());
        Assert.InRange(noise[1].std().item<float>(), 1.9f, 2.1f);
        Assert.Equal(0, Perturbations.Normal([2])([toy.Ids], 0)[0].max().item<long>());
        var uniform = Perturbations.Uniform(0.5)([zeros], 0)[0];
        Assert.InRange(uniform.abs().max().item<float>(), 0.49f, 0.5f);
        Assert.InRange(uniform.mean().item<float>(), -0.02f, 0.02f);
    }

    [Fact]
    public void Negative_noise_and_no_samples_are_refused()
    {
        var saliency = new Saliency(OfValues);
        Assert.Contains("0 or more", Refused(() => _ = new NoiseTunnel(saliency) { Stdevs = [-0.1] }));
        Assert.Contains("0 or more", Refused(() => _ = new NoiseTunnel(saliency) { Stdevs = [double.NaN] }));
        Assert.Contains("NtSamples", Refused(() => _ = new NoiseTunnel(saliency) { NtSamples = 0 }));
        Assert.Contains("NSamples", Refused(() => _ = new GradientShap(OfValues) { NSamples = 0 }));
        Assert.Contains("radius", Refused(() => Perturbations.Uniform(-1)));
        Assert.Contains("2 standard deviations for 1 inputs", Assert.Throws<ArgumentException>(
            () => new NoiseTunnel(saliency) { Stdevs = [1, 2] }.Attribute(new([toy.Values]) { Target = 1 })).Message);

        static string Refused(Action make) => Assert.Throws<ArgumentOutOfRangeException>(make).Message;
    }

    private static NoiseTunnel Smooth(IAttributionMethod method, NoiseTunnelType type, double stdev) =>
        new(method) { NtType = type, Stdevs = [stdev] };

    // (rows, 3) → (rows, 5), the text being the same for all
    private Tensor OfValues(IReadOnlyList<Tensor?> inputs)
    {
        var text = toy.Ids[..1].expand(inputs[0]!.shape[0], -1);
        return toy.Model.call(text, inputs[0]!, null, null);
    }
}
