using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

/// <summary>captum's other methods, and the two that read attention weights, on ViLT's answers.</summary>
public sealed class GoldenMethodsTests : IDisposable
{
    private const double Precision = 1e-4;
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly GoldenVilt vilt = new("trust");

    public static TheoryData<string> SaliencyCases => TrustCase.OfMethod("saliency");

    public static TheoryData<string> InputXGradientCases => TrustCase.OfMethod("input-x-gradient");

    public static TheoryData<string> FeatureAblationCases => TrustCase.OfMethod("feature-ablation");

    public static TheoryData<string> OcclusionCases => TrustCase.OfMethod("occlusion");

    public static TheoryData<string> ShapleyValuesCases => TrustCase.OfMethod("shapley-values");

    public static TheoryData<string> AttentionRolloutCases => TrustCase.OfMethod("attention-rollout");

    public static TheoryData<string> AttentionRelevanceCases => TrustCase.OfMethod("relevance");

    public void Dispose()
    {
        vilt.Dispose();
        scope.Dispose();
    }

    [Theory, MemberData(nameof(SaliencyCases))]
    public void Saliency_is_captums(string name)
    {
        var golden = new TrustCase(name);
        AssertWordsAndPixels(golden, new EmbeddedIds(new Saliency(vilt.Logits) { Abs = golden.Get<bool>("absolute") }, vilt.Model.WordEmbeddings));
    }

    [Theory, MemberData(nameof(InputXGradientCases))]
    public void Input_times_gradient_is_captums(string name) =>
        AssertWordsAndPixels(new TrustCase(name), new EmbeddedIds(new InputXGradient(vilt.Logits), vilt.Model.WordEmbeddings));

    [Theory, MemberData(nameof(FeatureAblationCases))]
    public void Feature_ablation_is_captums(string name)
    {
        var golden = new TrustCase(name);
        Assert.Contains("each patch of 16, row by row", golden.Get<string>("features"));
        AssertWordsAndPixels(golden, new FeatureAblation(vilt.Logits) { FeatureMask = golden.TokensAndPatches(16) });
    }

    [Theory, MemberData(nameof(ShapleyValuesCases))]
    public void Shapley_values_are_captums(string name)
    {
        var golden = new TrustCase(name);
        Tensor[] mask = [golden.Expected["feature_mask.words"], golden.Expected["feature_mask.pixels"]];
        AssertWordsAndPixels(golden, new ShapleyValues(vilt.Logits) { FeatureMask = mask });
    }

    [Theory, MemberData(nameof(OcclusionCases))]
    public void Occlusion_is_captums(string name)
    {
        var golden = new TrustCase(name);
        Tensor OfPixels(IReadOnlyList<Tensor?> inputs) => vilt.Wrapped.Forward([inputs[1], inputs[0], .. inputs.Skip(2)]);
        var method = new Occlusion(OfPixels, [golden.Sizes("window")], [golden.Sizes("strides")]);
        using var result = method.Attribute(new([golden.Pixels])
        {
            Target = golden.Target,
            AdditionalForwardArgs = [golden.Ids, .. golden.Additional],
            CancellationToken = TestContext.Current.CancellationToken,
        });
        Near.Equal(golden.Expected["pixels"], result.Attributions[0], Precision);
    }

    [Theory, MemberData(nameof(AttentionRolloutCases))]
    public void Attention_rollout_is_the_formulas(string name) => AssertTokens(new TrustCase(name), new AttentionRollout(Attend));

    [Theory, MemberData(nameof(AttentionRelevanceCases))]
    public void Relevance_is_the_formulas(string name)
    {
        var golden = new TrustCase(name);
        AssertTokens(golden, new AttentionRelevance(Attend));
        foreach (var parameter in vilt.Model.parameters())
        {
            Assert.Null(parameter.grad);
            parameter.requires_grad = false;
        }

        AssertTokens(golden, new AttentionRelevance(Attend));
    }

    private static AttributionArguments Arguments(TrustCase golden, Baseline padding) => new([golden.Ids, golden.Pixels])
    {
        Baselines = [padding, 0],
        Target = golden.Target,
        AdditionalForwardArgs = golden.Additional,
        CancellationToken = TestContext.Current.CancellationToken,
    };

    private AttentionOutput Attend(IReadOnlyList<Tensor?> inputs)
    {
        var output = vilt.Model.forward(inputs[0]!, inputs[1]!, inputs[2], inputs[3], inputs[4], outputAttentions: true);
        return new(output.Logits, output.Attentions!);
    }

    private void AssertWordsAndPixels(TrustCase golden, IAttributionMethod method)
    {
        using var result = method.Attribute(Arguments(golden, vilt.PadTokenId));
        Near.Equal(golden.Expected["words"], result.Attributions[0], Precision);
        Near.Equal(golden.Expected["pixels"], result.Attributions[1], Precision);
    }

    private void AssertTokens(TrustCase golden, IAttributionMethod method)
    {
        using var result = method.Attribute(Arguments(golden, vilt.PadTokenId));
        Near.Equal(golden.Expected["tokens"], Assert.Single(result.Attributions), Precision);
    }
}
