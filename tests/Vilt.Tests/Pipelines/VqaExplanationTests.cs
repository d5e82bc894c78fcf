using Vilt.Attribution;
using Vilt.Data;
using Vilt.Model;
using Vilt.Pipelines;
using static TorchSharp.torch;

namespace Vilt.Tests.Pipelines;

public sealed class VqaExplanationTests : IDisposable
{
    private const string Question = ElephantQuestion.Text;

    private readonly ElephantQuestion asked = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VqaPipeline Vqa => asked.Vqa;

    public void Dispose() => asked.Dispose();

    [Fact]
    public void An_explanation_is_what_the_written_out_path_gives()
    {
        var explanation = Vqa.Explain(ElephantQuestion.Picture, Question, cancellationToken: Token);
        var batch = asked.Batch();
        using var wrapped = new ModelInputWrapper(new ViltLogits(Vqa.Model));
        using var written = new LayerIntegratedGradients(wrapped, [wrapped.InputMaps["pixelValues"], Vqa.Model.WordEmbeddings]).Attribute(
            inputs: [batch.InputIds, batch.PixelValues],
            baselines: [full_like(batch.InputIds, Vqa.Processor.Tokenizer.PadTokenId), zeros_like(batch.PixelValues)],
            target: Vqa.Answers.IdOf("gray"),
            additionalForwardArgs: [batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds],
            nSteps: 30, internalBatchSize: 8, cancellationToken: Token);
        var (pixels, words) = (written.Attributions[0].sum(1)[0], written.Attributions[1].sum(2)[0]); // (H, W), (L)
        Assert.Equal(("gray", "gray", 30), (explanation.Target, explanation.Predicted, explanation.Steps));
        AssertNear(pixels.data<float>().ToArray(), explanation.Pixels.Cast<double>());
        AssertNear(words.data<float>().ToArray(), explanation.Words.Select(word => (double)word));
        Assert.Equal(written.ConvergenceDelta.item<float>(), explanation.ConvergenceDelta!.Value, 1e-5);
        Assert.Equal(explanation.ImageContribution, pixels.sum().item<float>(), 1e-4);
        Assert.Equal(Vqa.Processor.ImageProcessor.Denormalize(batch.PixelValues[0]).Pixels, explanation.Picture.Pixels);
        Assert.Equal("[CLS] what color is the elephant [SEP] [PAD]".Split(), explanation.Tokens.Take(8));
    }

    [Fact]
    public void Another_answer_baseline_delta_or_method_gives_another_explanation()
    {
        var plain = asked.Explain(new());
        Assert.Equal(("zoo", "gray"), (asked.Explain(new() { Target = "zoo" }).Target, asked.Explain(new() { Target = "zoo" }).Predicted));
        Assert.NotEqual(plain.ImageContribution, asked.Explain(new() { Target = "zoo" }).ImageContribution, 1e-3);
        Assert.NotEqual(plain.ImageContribution, asked.Explain(new() { Baseline = PictureBaseline.Mean }).ImageContribution, 1e-3);
        Assert.NotEqual(plain.ImageContribution, asked.Explain(new() { Baseline = PictureBaseline.Blur }).ImageContribution, 1e-3);
        var exact = asked.Explain(new() { Steps = PathSteps.Until(1e-3) });
        Assert.InRange(Math.Abs(exact.ConvergenceDelta!.Value), 0, 1e-3);
        Assert.NotEqual(30, exact.Steps);
        var gradient = asked.Explain(new() { Method = new LayerGradientXActivation(Vqa.Wrapped, [Vqa.Model.WordEmbeddings, Vqa.Wrapped.InputMaps["pixelValues"]]) });
        Assert.Equal((null, null), (gradient.ConvergenceDelta, gradient.Steps));
        Assert.NotEqual(plain.ImageContribution, gradient.ImageContribution, 1e-3);
    }

    [Fact]
    public void Integrated_gradients_of_embeddings_explain_as_the_layers_do()
    {
        var method = new EmbeddedIds(new IntegratedGradients(new ViltLogits(Vqa.Model)) { Steps = PathSteps.Fixed(30) }, Vqa.Model.WordEmbeddings);
        var (layers, embeddings) = (asked.Explain(new()), asked.Explain(new() { Method = method }));
        AssertNear([.. layers.Pixels.Cast<double>().Select(pixel => (float)pixel)], embeddings.Pixels.Cast<double>());
        AssertNear([.. layers.Words], embeddings.Words.Select(word => (double)word));
    }

    [Fact]
    public void Methods_of_all_kinds_explain()
    {
        var logits = new ViltLogits(Vqa.Model);
        IAttributionMethod[] methods =
        [
            new EmbeddedIds(new Saliency(logits), Vqa.Model.WordEmbeddings),
            new EmbeddedIds(new NoiseTunnel(new InputXGradient(logits)) { NtSamples = 2, Stdevs = [0.01] }, Vqa.Model.WordEmbeddings),
            new EmbeddedIds(new GradientShap(logits) { NSamples = 2 }, Vqa.Model.WordEmbeddings),
            new AttentionRollout(Vqa.Attend),
            new AttentionRelevance(Vqa.Attend),
        ];
        HashSet<double> sums = [];
        foreach (var method in methods)
        {
            var explanation = asked.Explain(new() { Method = method });
            Assert.Equal((explanation.Picture.Height, explanation.Picture.Width), (explanation.Pixels.GetLength(0), explanation.Pixels.GetLength(1)));
            Assert.Equal(explanation.Tokens.Count, explanation.Words.Count);
            Assert.True(explanation.ImageContribution != 0 && explanation.TextContribution != 0);
            sums.Add(explanation.ImageContribution);
        }

        Assert.Equal(methods.Length, sums.Count);
    }

    [Fact]
    public void A_patchs_share_lies_evenly_on_its_pixels()
    {
        var batch = asked.Batch();
        using var tokens = new AttentionRollout(Vqa.Attend).Attribute(new([batch.InputIds, batch.PixelValues])
        {
            AdditionalForwardArgs = [batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds],
        });
        var (words, patches) = Vqa.Model.SplitTokens(tokens.Attributions[0], batch.InputIds, batch.PixelValues); // (1, L), (1, rows, columns)
        var explanation = asked.Explain(new() { Method = new AttentionRollout(Vqa.Attend) });
        var side = Vqa.Model.Config.PatchSize;
        Assert.Equal(patches[0, 1, 2].item<float>(), side * side * explanation.Pixels[2 * side - 1, 2 * side], 1e-6);
        Assert.Equal(patches.sum().item<float>(), explanation.ImageContribution, 1e-5);
        Assert.Equal(words[0, 3].item<float>(), explanation.Words[3]);
    }

    [Fact]
    public void A_plain_picture_differs_from_zero_but_not_from_its_mean_color()
    {
        var plain = new MeanColor(200, 10, 60).Picture(160, 144);
        var (fromZero, fromMean, fromBlur) = (Largest(PictureBaseline.Zero), Largest(PictureBaseline.Mean), Largest(PictureBaseline.Blur));
        Assert.True(fromZero > 0);
        Assert.True(fromMean < 1e-5 * fromZero);
        Assert.True(fromBlur < 1e-5 * fromZero);

        double Largest(PictureBaseline baseline) => Vqa.Explain(
            plain, Question, new() { Baseline = baseline, Steps = PathSteps.Fixed(2) }, cancellationToken: Token)
            .Pixels.Cast<double>().Max(Math.Abs);
    }

    private static void AssertNear(float[] expected, IEnumerable<double> actual)
    {
        var most = 1e-6 * expected.Max(Math.Abs);
        Assert.Equal(expected.Select(value => (double)value), actual, (a, b) => Math.Abs(a - b) <= Math.Max(most, 1e-6));
    }
}
