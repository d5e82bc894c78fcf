using System.Text.Json;
using Vilt.Attribution;
using Vilt.Model;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Benchmarks;

/// <summary>Other methods than Layer Integrated Gradients, by names of their own.</summary>
internal static class MethodsWork
{
    private const int Samples = 10;

    private static readonly Dictionary<string, Func<ViltForQuestionAnswering, ViltBatch, IAttributionMethod>> Methods = new()
    {
        ["saliency"] = (model, _) => new EmbeddedIds(new Saliency(new ViltLogits(model)), model.WordEmbeddings),
        ["input-x-gradient"] = (model, _) => new EmbeddedIds(new InputXGradient(new ViltLogits(model)), model.WordEmbeddings),
        ["smoothgrad"] = (model, _) => new EmbeddedIds(
            new NoiseTunnel(new Saliency(new ViltLogits(model))) { NtSamples = Samples, Stdevs = [0.1] }, model.WordEmbeddings),
        ["gradient-shap"] = (model, _) => new EmbeddedIds(new GradientShap(new ViltLogits(model)), model.WordEmbeddings),
        ["feature-ablation"] = (model, batch) => new FeatureAblation(new ViltLogits(model)) { FeatureMask = TokensAndPatches(model, batch) },
        ["shapley-values"] = (model, batch) => new ShapleyValues(new ViltLogits(model)) { FeatureMask = TextAndHalves(batch) },
        ["shapley-value-sampling"] = (model, batch) => new ShapleyValueSampling(new ViltLogits(model)) { FeatureMask = TextAndHalves(batch) },
        ["occlusion"] = (model, _) => new Occlusion(new ViltLogits(model), [[1], [3, 32, 32]], [[1], [3, 32, 32]]),
        ["attention-rollout"] = (model, _) => new AttentionRollout(inputs => Attend(model, inputs)),
        ["relevance"] = (model, _) => new AttentionRelevance(inputs => Attend(model, inputs)),
    };

    public static void Explain(string checkpoint, string inputs, string method, int target, int? chunk, int times)
    {
        using var model = ModelWork.Load(checkpoint, bfloat16: false);
        using var batch = ModelWork.Read(inputs);
        var made = Methods[method](model, batch);
        Measurement.Run(method, warm: 0, times, () =>
        {
            using var result = made.Attribute(Arguments(batch, target, chunk));
            using var scope = NewDisposeScope();
            return result.Attributions.Select(attribution => attribution.abs().sum().item<float>()).ToArray();
        });
    }

    /// <summary>
    /// 400 attributions by each method in one process, with live tensors and resident memory on the way: the first 200 are also .NET's
    /// time to compile again what it sees is used often.
    /// </summary>
    public static void LongRun(string finetuned, string inputs, string? only)
    {
        using var model = ModelWork.Load(finetuned, bfloat16: false);
        using var batch = ModelWork.Read(inputs);
        foreach (var (name, make) in Methods.Where(method => only is null || method.Key == only))
        {
            var method = make(model, batch);
            List<object> samples = [];
            for (var i = 1; i <= 400; i++)
            {
                method.Attribute(Arguments(batch, target: 3)).Dispose();
                if (i == 1 || i % 50 == 0)
                {
                    samples.Add(Benchmarks.LongRun.Sample($"attribution {i}"));
                }
            }

            Console.WriteLine(JsonSerializer.Serialize(new { name, samples }));
        }
    }

    private static AttributionArguments Arguments(ViltBatch batch, int target, int? chunk = null) => new([batch.InputIds, batch.PixelValues])
    {
        Target = target,
        AdditionalForwardArgs = [batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds],
        InternalBatchSize = chunk,
    };

    private static AttentionOutput Attend(ViltForQuestionAnswering model, IReadOnlyList<Tensor?> inputs)
    {
        var output = model.forward(inputs[0]!, inputs[1]!, inputs[2], inputs[3], inputs[4], outputAttentions: true);
        return new(output.Logits, output.Attentions!);
    }

    private static Tensor[] TokensAndPatches(ViltForQuestionAnswering model, ViltBatch batch)
    {
        long tokens = batch.InputIds.shape[1], patch = model.Config.PatchSize, height = batch.PixelValues.shape[2], width = batch.PixelValues.shape[3];
        var patches = new long[height * width];
        for (var i = 0L; i < patches.Length; i++)
        {
            patches[i] = tokens + i / width / patch * (width / patch) + i % width / patch;
        }

        var words = Enumerable.Range(0, (int)tokens).Select(token => (long)token).ToArray();
        return [tensor(words).unsqueeze(0), tensor(patches).view(1, 1, height, width)];
    }

    // Three features: the text, and the picture's left and right half.
    private static Tensor[] TextAndHalves(ViltBatch batch)
    {
        var width = (int)batch.PixelValues.shape[3];
        var halves = Enumerable.Range(0, width).Select(column => 1L + column * 2 / width).ToArray();
        return [tensor(new[] { 0L }).view(1, 1), tensor(halves).view(1, 1, 1, width)];
    }
}
