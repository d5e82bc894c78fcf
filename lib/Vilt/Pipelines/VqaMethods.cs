using Vilt.Attribution;

namespace Vilt.Pipelines;

/// <summary>The methods that explain an answer, by their names on the command line.</summary>
public static class VqaMethods
{
    private const int Samples = 10, Baselines = 5, Orders = 5; // of noise, of Gradient SHAP, and of features that come one by one
    private const int Window = 32, Stride = 16;
    private static readonly double[] NoNoiseOnWords = [0, 0.2]; // a tenth of the pixels' range

    private static readonly Dictionary<string, Func<VqaPipeline, AttributionArguments, PathSteps, IAttributionMethod>> Methods = new()
    {
        ["lig"] = (vqa, _, steps) => new LayerIntegratedGradients(vqa.Wrapped, [vqa.Model.WordEmbeddings, vqa.Wrapped.InputMaps["pixelValues"]])
        {
            Steps = steps,
        },
        ["saliency"] = (vqa, _, _) => OfWords(vqa, new Saliency(vqa.Wrapped)),
        ["input-x-gradient"] = (vqa, _, _) => OfWords(vqa, new InputXGradient(vqa.Wrapped)),
        ["smoothgrad"] = (vqa, _, _) => OfWords(vqa, Noised(vqa, NoiseTunnelType.SmoothGrad)),
        ["smoothgrad-square"] = (vqa, _, _) => OfWords(vqa, Noised(vqa, NoiseTunnelType.SmoothGradSquare)),
        ["vargrad"] = (vqa, _, _) => OfWords(vqa, Noised(vqa, NoiseTunnelType.VarGrad)),
        ["gradient-shap"] = (vqa, _, _) => OfWords(vqa, new GradientShap(vqa.Wrapped) { NSamples = Baselines }),
        ["feature-ablation"] = (vqa, arguments, _) => new FeatureAblation(vqa.Wrapped)
        {
            FeatureMask = FeatureMasks.TokensAndSquares(arguments, vqa.Model.Config.PatchSize),
        },
        ["occlusion"] = (vqa, _, _) => new Occlusion(vqa.Wrapped, [[1], [3, Window, Window]], [[1], [3, Stride, Stride]]),
        ["shapley-values"] = (vqa, arguments, _) => new ShapleyValues(vqa.Wrapped) { FeatureMask = FeatureMasks.TextAndQuarters(arguments) },
        ["shapley-sampling"] = (vqa, arguments, _) => new ShapleyValueSampling(vqa.Wrapped)
        {
            FeatureMask = FeatureMasks.TextAndSquares(arguments, Window),
            NSamples = Orders,
        },
        ["attention-rollout"] = (vqa, _, _) => new AttentionRollout(vqa.Attend),
        ["relevance"] = (vqa, _, _) => new AttentionRelevance(vqa.Attend),
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => [.. Methods.Keys];

    /// <summary>Makes a method for a question.</summary>
    /// <param name="name">One of the names.</param>
    /// <param name="vqa">The model.</param>
    /// <param name="arguments">The question's ids and pixels.</param>
    /// <param name="steps">Of the path, for those that have one.</param>
    /// <exception cref="KeyNotFoundException">There is no method of this name.</exception>
    public static IAttributionMethod Make(string name, VqaPipeline vqa, AttributionArguments arguments, PathSteps steps) =>
        Methods[name](vqa, arguments, steps);

    private static EmbeddedIds OfWords(VqaPipeline vqa, IAttributionMethod method) => new(method, vqa.Model.WordEmbeddings);

    private static NoiseTunnel Noised(VqaPipeline vqa, NoiseTunnelType type) =>
        new(new Saliency(vqa.Wrapped)) { NtType = type, NtSamples = Samples, Stdevs = NoNoiseOnWords };
}
