using Microsoft.DotNet.Interactive.Formatting;
using TorchSharp;
using Vilt.Attribution;
using Vilt.Data;
using Vilt.Model;
using Vilt.Pipelines;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Tests.Pipelines;

public sealed class VqaPipelineTests : IDisposable
{
    private const string Question = "what color is the elephant";

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly VqaPipeline vqa = VqaPipeline.From(Folder("vilt-zoo-finetuned-vqa"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Elephant => Picture("elephant");

    private static string Folder(string asset) => Path.Combine(Goldens.RepositoryFolder(), "assets", asset);

    private static string Picture(string animal) => Folder($"{animal}.png");

    public void Dispose()
    {
        vqa.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void Answers_are_the_models_most_probable_ones_best_first()
    {
        var answers = vqa.Ask(Elephant, Question, top: 4);
        using var noGradients = no_grad();
        var (best, ids) = vqa.Model.forward(Batch(Elephant)).Logits.sigmoid()[0].topk(4);
        Assert.Equal(ids.data<long>().ToArray().Select(id => vqa.Answers[(int)id]), answers.Select(answer => answer.Answer));
        Assert.Equal(best.data<float>().ToArray(), answers.Select(answer => (float)answer.Probability), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal("gray", answers[0].Answer);
        Assert.Equal(vqa.Answers.Count, vqa.Ask(RgbImage.Read(Elephant), Question, top: 100_000).Count);
    }

    [Fact]
    public void Many_questions_are_answered_as_each_alone_in_their_order_whatever_the_pictures_sizes()
    {
        (PictureSource, string)[] questions =
        [
            (Elephant, Question), (new MeanColor(9, 99, 199).Picture(80, 300), "what is on the picture"), (Picture("zebra"), "is it a zebra"),
            (Elephant, "where is the elephant"), (new MeanColor(90, 9, 19).Picture(80, 300), "what is on the picture"),
        ];
        List<int> told = [];
        var together = vqa.Ask(questions, top: 3, batchSize: 2, progress: new Told(told.Add), cancellationToken: Token);
        Assert.Equal([2, 4, 5], told);
        foreach (var ((picture, question), answers) in questions.Zip(together))
        {
            var alone = vqa.Ask(picture, question, top: 3);
            Assert.Equal(alone.Select(one => one.Answer), answers.Select(one => one.Answer));
            Assert.Equal(alone.Select(one => one.Probability), answers.Select(one => one.Probability), (a, b) => Math.Abs(a - b) < 1e-4);
        }

        Assert.Empty(vqa.Ask([], cancellationToken: Token));
        Assert.Throws<OperationCanceledException>(() => vqa.Ask(questions, cancellationToken: new(canceled: true)));
    }

    [Fact]
    public void An_explanation_is_what_the_written_out_path_gives()
    {
        var explanation = vqa.Explain(Elephant, Question, cancellationToken: Token);
        var batch = Batch(Elephant);
        using var wrapped = new ModelInputWrapper(new ViltLogits(vqa.Model));
        using var written = new LayerIntegratedGradients(wrapped, [wrapped.InputMaps["pixelValues"], vqa.Model.WordEmbeddings]).Attribute(
            inputs: [batch.InputIds, batch.PixelValues],
            baselines: [full_like(batch.InputIds, vqa.Processor.Tokenizer.PadTokenId), zeros_like(batch.PixelValues)],
            target: vqa.Answers.IdOf("gray"),
            additionalForwardArgs: [batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds],
            nSteps: 30, internalBatchSize: 8, cancellationToken: Token);
        var (pixels, words) = (written.Attributions[0].sum(1)[0], written.Attributions[1].sum(2)[0]); // (H, W), (L)
        Assert.Equal(("gray", "gray", 30), (explanation.Target, explanation.Predicted, explanation.Steps));
        AssertNear(pixels.data<float>().ToArray(), explanation.Pixels.Cast<double>());
        AssertNear(words.data<float>().ToArray(), explanation.Words.Select(word => (double)word));
        Assert.Equal(written.ConvergenceDelta.item<float>(), explanation.ConvergenceDelta!.Value, 1e-5);
        Assert.Equal(explanation.ImageContribution, pixels.sum().item<float>(), 1e-4);
        Assert.Equal(vqa.Processor.ImageProcessor.Denormalize(batch.PixelValues[0]).Pixels, explanation.Picture.Pixels);
        Assert.Equal("[CLS] what color is the elephant [SEP] [PAD]".Split(), explanation.Tokens.Take(8));
    }

    [Fact]
    public void Another_answer_baseline_delta_or_method_gives_another_explanation()
    {
        var plain = Explain(new());
        Assert.Equal(("zoo", "gray"), (Explain(new() { Target = "zoo" }).Target, Explain(new() { Target = "zoo" }).Predicted));
        Assert.NotEqual(plain.ImageContribution, Explain(new() { Target = "zoo" }).ImageContribution, 1e-3);
        Assert.NotEqual(plain.ImageContribution, Explain(new() { Baseline = PictureBaseline.Mean }).ImageContribution, 1e-3);
        Assert.NotEqual(plain.ImageContribution, Explain(new() { Baseline = PictureBaseline.Blur }).ImageContribution, 1e-3);
        var exact = Explain(new() { Steps = PathSteps.Until(1e-3) });
        Assert.InRange(Math.Abs(exact.ConvergenceDelta!.Value), 0, 1e-3);
        Assert.NotEqual(30, exact.Steps);
        var gradient = Explain(new() { Method = new LayerGradientXActivation(vqa.Wrapped, [vqa.Model.WordEmbeddings, vqa.Wrapped.InputMaps["pixelValues"]]) });
        Assert.Equal((null, null), (gradient.ConvergenceDelta, gradient.Steps));
        Assert.NotEqual(plain.ImageContribution, gradient.ImageContribution, 1e-3);
    }

    [Fact]
    public void Integrated_gradients_of_embeddings_explain_as_the_layers_do()
    {
        var method = new EmbeddedIds(new IntegratedGradients(new ViltLogits(vqa.Model)) { Steps = PathSteps.Fixed(30) }, vqa.Model.WordEmbeddings);
        var (layers, embeddings) = (Explain(new()), Explain(new() { Method = method }));
        AssertNear([.. layers.Pixels.Cast<double>().Select(pixel => (float)pixel)], embeddings.Pixels.Cast<double>());
        AssertNear([.. layers.Words], embeddings.Words.Select(word => (double)word));
    }

    [Fact]
    public void Methods_of_all_kinds_explain()
    {
        var logits = new ViltLogits(vqa.Model);
        IAttributionMethod[] methods =
        [
            new EmbeddedIds(new Saliency(logits), vqa.Model.WordEmbeddings),
            new EmbeddedIds(new NoiseTunnel(new InputXGradient(logits)) { NtSamples = 2, Stdevs = [0.01] }, vqa.Model.WordEmbeddings),
            new EmbeddedIds(new GradientShap(logits) { NSamples = 2 }, vqa.Model.WordEmbeddings),
            new AttentionRollout(vqa.Attend),
            new AttentionRelevance(vqa.Attend),
        ];
        HashSet<double> sums = [];
        foreach (var method in methods)
        {
            var explanation = Explain(new() { Method = method });
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
        var batch = Batch(Elephant);
        using var tokens = new AttentionRollout(vqa.Attend).Attribute(new([batch.InputIds, batch.PixelValues])
        {
            AdditionalForwardArgs = [batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds],
        });
        var (words, patches) = vqa.Model.SplitTokens(tokens.Attributions[0], batch.InputIds, batch.PixelValues); // (1, L), (1, rows, columns)
        var explanation = Explain(new() { Method = new AttentionRollout(vqa.Attend) });
        var side = vqa.Model.Config.PatchSize;
        Assert.Equal(patches[0, 1, 2].item<float>(), side * side * explanation.Pixels[2 * side - 1, 2 * side], 1e-6);
        Assert.Equal(patches.sum().item<float>(), explanation.ImageContribution, 1e-5);
        Assert.Equal(words[0, 3].item<float>(), explanation.Words[3]);
    }

    [Fact]
    public void Answers_and_explanations_show_themselves_in_a_cell()
    {
        var explanation = vqa.Explain(Elephant, "is it <gray>?", new() { Steps = PathSteps.Fixed(2) }, cancellationToken: Token);
        var html = explanation.ToDisplayString("text/html");
        Assert.Contains("Word Importance", html, StringComparison.Ordinal);
        Assert.Contains("vilt-figure", html, StringComparison.Ordinal);
        Assert.Contains($"Image contributions: {explanation.ImageContribution:F4}", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<gray>", html, StringComparison.Ordinal);
        Assert.Contains("Total contribution:", explanation.ToDisplayString("text/plain"), StringComparison.Ordinal);
        var nothing = (explanation with { Pixels = new double[explanation.Picture.Height, explanation.Picture.Width] }).ToDisplayString("text/html");
        Assert.Contains("No pixel adds anything", nothing, StringComparison.Ordinal);
        var answers = vqa.Ask(Elephant, Question, top: 2);
        Assert.Contains($"{answers[0].Probability:0.000}  gray", answers.ToDisplayString("text/plain"), StringComparison.Ordinal);
        Assert.Contains("<td>gray</td>", answers.ToDisplayString("text/html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_picture_differs_from_zero_but_not_from_its_mean_color()
    {
        var plain = new MeanColor(200, 10, 60).Picture(160, 144);
        var (fromZero, fromMean, fromBlur) = (Largest(PictureBaseline.Zero), Largest(PictureBaseline.Mean), Largest(PictureBaseline.Blur));
        Assert.True(fromZero > 0);
        Assert.True(fromMean < 1e-5 * fromZero);
        Assert.True(fromBlur < 1e-5 * fromZero);

        double Largest(PictureBaseline baseline) => vqa.Explain(
            plain, Question, new() { Baseline = baseline, Steps = PathSteps.Fixed(2) }, cancellationToken: Token)
            .Pixels.Cast<double>().Max(Math.Abs);
    }

    [Fact]
    public void Nothing_is_left_behind_and_progress_and_cancellation_reach_the_method()
    {
        Explain(new());
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        List<int> told = [];
        using var stop = new CancellationTokenSource();
        var progress = new Steps(at =>
        {
            told.Add(at.StepsDone);
            stop.Cancel();
        });
        Assert.Throws<OperationCanceledException>(
            () => vqa.Explain(Elephant, Question, new() { InternalBatchSize = 7 }, progress, stop.Token));
        Assert.Equal([7], told);
        Explain(new() { Steps = PathSteps.Fixed(2) });
        vqa.Ask(Elephant, Question);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.All(vqa.Model.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.grad is null));
    }

    [Fact]
    public void Answers_and_maps_that_are_not_finite_are_one_error()
    {
        using (no_grad())
        {
            vqa.Model.parameters().First().fill_(double.NaN);
        }

        Assert.Contains("not finite", Assert.Throws<InvalidDataException>(() => vqa.Ask(Elephant, Question)).Message, StringComparison.Ordinal);
        Assert.Contains("not finite", Assert.Throws<InvalidDataException>(() => Explain(new())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        Assert.Contains("\"unicorn\" is not one of", Assert.Throws<ArgumentException>(() => Explain(new() { Target = "unicorn" })).Message, StringComparison.Ordinal);
        Assert.Contains("none.png", Assert.Throws<FileNotFoundException>(() => vqa.Ask("none.png", Question)).Message, StringComparison.Ordinal);
        var onlyWords = new LayerIntegratedGradients(vqa.Wrapped, [vqa.Model.WordEmbeddings]) { Steps = PathSteps.Fixed(2) };
        Assert.Contains("expected two", Assert.Throws<ArgumentException>(() => Explain(new() { Method = onlyWords })).Message, StringComparison.Ordinal);
        Assert.Contains("no folder", Assert.Throws<DirectoryNotFoundException>(() => VqaPipeline.From("no/such/folder")).Message, StringComparison.Ordinal);
        Assert.Contains("not a whole model", Assert.Throws<InvalidDataException>(() => VqaPipeline.From(Folder("vilt-zoo-mlm"))).Message, StringComparison.Ordinal);
    }

    private static void AssertNear(float[] expected, IEnumerable<double> actual)
    {
        var most = 1e-6 * expected.Max(Math.Abs);
        Assert.Equal(expected.Select(value => (double)value), actual, (a, b) => Math.Abs(a - b) <= Math.Max(most, 1e-6));
    }

    private VqaExplanation Explain(ExplainOptions options) => vqa.Explain(Elephant, Question, options, cancellationToken: Token);

    private ViltBatch Batch(string picture) => Collator.Collate([vqa.Processor.Encode(picture, Question)]);

    private sealed class Told(Action<int> hear) : IProgress<int>
    {
        public void Report(int value) => hear(value);
    }

    private sealed class Steps(Action<AttributionProgress> hear) : IProgress<AttributionProgress>
    {
        public void Report(AttributionProgress value) => hear(value);
    }
}
