using TorchSharp;
using Vilt.Attribution;
using Vilt.Tests.Processing;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

/// <summary>Attributions of ViLT by every method, one after the other: what the first leaves alive, all leave.</summary>
public sealed class RepeatedAttributionTests : IDisposable
{
    private const int Times = 20;
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly GoldenVilt vilt = new("trust");
    private readonly TrustCase golden = new(TrustCase.OfMethod("feature-ablation").First().Data);

    public static TheoryData<string> Methods => [.. Made.Keys];

    private static Dictionary<string, Func<RepeatedAttributionTests, IAttributionMethod>> Made => new()
    {
        ["saliency"] = test => test.OfWords(new Saliency(test.vilt.Logits)),
        ["input × gradient"] = test => test.OfWords(new InputXGradient(test.vilt.Logits)),
        ["SmoothGrad"] = test => test.OfWords(new NoiseTunnel(new Saliency(test.vilt.Logits)) { NtSamples = 3 }),
        ["VarGrad of layers"] = test => new NoiseTunnel(new LayerGradientXActivation(test.vilt.Logits, [test.vilt.Model.WordEmbeddings]))
        {
            NtType = NoiseTunnelType.VarGrad,
        },
        ["Gradient SHAP"] = test => test.OfWords(new GradientShap(test.vilt.Logits) { NSamples = 3 }),
        ["feature ablation"] = test => new FeatureAblation(test.vilt.Logits) { FeatureMask = test.golden.TokensAndPatches(16) },
        ["Shapley values"] = test => new ShapleyValues(test.vilt.Logits) { FeatureMask = Whole },
        ["sampled Shapley values"] = test => new ShapleyValueSampling(test.vilt.Logits) { FeatureMask = test.golden.TokensAndPatches(32), NSamples = 2 },
        ["occlusion"] = test => new Occlusion(test.vilt.Logits, [[2], [3, 16, 16]], [[2], [3, 16, 16]]),
        ["rollout"] = test => new AttentionRollout(test.Attend),
        ["relevance"] = test => new AttentionRelevance(test.Attend),
    };

    private static Tensor[] Whole => [torch.tensor(0L).view(1, 1), torch.tensor(1L).view(1, 1, 1, 1)];

    public void Dispose()
    {
        vilt.Dispose();
        scope.Dispose();
    }

    [Theory, MemberData(nameof(Methods))]
    public void No_tensor_more_is_alive_after_many_than_after_one_and_all_give_the_same(string name)
    {
        var method = Made[name](this);
        var arguments = new AttributionArguments([golden.Ids, golden.Pixels])
        {
            Baselines = [vilt.PadTokenId, 0],
            Target = golden.Target,
            AdditionalForwardArgs = golden.Additional,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        using var first = method.Attribute(arguments);
        var alive = LiveTensors.CountAfterCollection(); // without what other tests forgot, which may be freed meanwhile
        for (var i = 1; i < Times; i++)
        {
            using var again = method.Attribute(arguments);
            Assert.All(first.Attributions.Zip(again.Attributions), pair => Near.Equal(pair.First, pair.Second, 0));
        }

        Assert.Equal(alive, LiveTensors.Count);
        Assert.All(vilt.Model.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.grad is null));
    }

    private EmbeddedIds OfWords(IAttributionMethod method) => new(method, vilt.Model.WordEmbeddings);

    private AttentionOutput Attend(IReadOnlyList<Tensor?> inputs)
    {
        var output = vilt.Model.forward(inputs[0]!, inputs[1]!, inputs[2], inputs[3], inputs[4], outputAttentions: true);
        return new(output.Logits, output.Attentions!);
    }
}
