using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>
/// SmoothGrad, SmoothGrad² and VarGrad: what another method gives for inputs with normal noise added, over several samples (as captum's
/// <c>NoiseTunnel</c>). Several samples share a pass of the method.
/// </summary>
/// <remarks>
/// Noise goes to inputs of a floating-point type; for noise on the embeddings of ids too, put it inside <see cref="EmbeddedIds"/>.
/// </remarks>
/// <param name="method">The method, such as <see cref="Saliency"/>.</param>
/// <example>
/// <code>
/// var smooth = new NoiseTunnel(new Saliency(model)) { NtSamples = 10, Stdevs = [0.1] };
/// using var result = smooth.Attribute(new([pixelValues]) { Target = 3 });
/// </code>
/// </example>
public sealed class NoiseTunnel(IAttributionMethod method) : IAttributionMethod
{
    /// <summary>What is made of the samples.</summary>
    public NoiseTunnelType NtType { get; init; } = NoiseTunnelType.SmoothGrad;

    /// <summary>How many samples, at least 1.</summary>
    public int NtSamples { get; init => field = Perturbations.AtLeastOne(value, nameof(NtSamples)); } = 5;

    /// <summary>Standard deviation of the noise, 0 or more: one for all inputs, or one for each.</summary>
    public IReadOnlyList<double> Stdevs { get; init => field = Perturbations.Stdevs(value); } = [1.0];

    /// <summary>The same seed gives the same result.</summary>
    public long Seed { get; init; }

    /// <inheritdoc/>
    public AttributionResult Attribute(AttributionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var noise = Perturbations.Normal(Stdevs, Seed);
        var moments = new SampleMoments();
        foreach (var (from, count) in arguments.Passes(NtSamples))
        {
            using var pass = NewDisposeScope();
            using var result = method.Attribute(arguments.Perturbed(noise, from, count));
            moments.Add(result.ByLayer, arguments.Examples, count);
        }

        return NtType switch
        {
            NoiseTunnelType.SmoothGrad => moments.Result((mean, _) => mean),
            NoiseTunnelType.SmoothGradSquare => moments.Result((mean, variance) => variance.Plus(mean.square())),
            NoiseTunnelType.VarGrad => moments.Result((_, variance) => variance),
            _ => throw new InvalidOperationException($"{NtType} is not a type of noise tunnel."),
        };
    }
}
