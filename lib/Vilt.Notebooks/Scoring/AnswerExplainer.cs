using Vilt.Attribution;
using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Visuals;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Scoring;

/// <summary>
/// Explains a model's own answers as notebook 5 does: Layer Integrated Gradients over the pixel values and the word embeddings at once,
/// from a plain picture and a text of padding.
/// </summary>
/// <param name="model">The model, which stays the caller's.</param>
/// <param name="processor">Its processor.</param>
/// <param name="baseline">Where the picture's path starts.</param>
/// <param name="steps">Steps of the path.</param>
/// <param name="until">Takes as many steps as this convergence delta needs, in place of <paramref name="steps"/>.</param>
internal sealed class AnswerExplainer(
    ViltForQuestionAnswering model, ViltProcessor processor, PictureBaseline baseline, int steps, double? until = null) : IDisposable
{
    private readonly ModelInputWrapper wrapped = new(new ViltLogits(model));
    private readonly Device device = model.parameters().First().device;

    /// <summary>What each pixel adds to the score of the most probable answer, summed over the color channels.</summary>
    /// <returns>(rows, columns) of the picture as the processor resizes it.</returns>
    public double[,] Pixels(RgbImage picture, string question, CancellationToken cancellation) => Explain(picture, question, cancellation).Pixels;

    /// <summary>What pixels and words add to the score of the most probable answer.</summary>
    public AnswerExplanation Explain(RgbImage picture, string question, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var batch = Collator.Collate([processor.Encode(picture, question)]).To(device);
        var (answer, probability) = Answer(batch);
        using var result = Attribute(batch, answer, cancellation);
        var byChannel = (float[,,])result.Attributions[0].squeeze(0).cpu().data<float>().ToNDArray(); // (1, 3, H, W) to (3, H, W)
        var byWord = result.Attributions[1].sum(dim: 2).squeeze(0).cpu().data<float>(); // (1, L, D) to (L)
        return new(
            model.Config.Answers[answer], probability,
            processor.ImageProcessor.Denormalize(batch.PixelValues[0].cpu()), AttributionNormalization.SumOverChannels(byChannel),
            processor.Tokenizer.Tokens(batch.InputIds[0].cpu().data<long>().ToArray()), byWord.ToArray(),
            result.ConvergenceDelta.item<float>(), result.Steps);
    }

    public void Dispose() => wrapped.Dispose();

    private IntegratedGradientsResult Attribute(ViltBatch batch, int answer, CancellationToken cancellation)
    {
        var method = new LayerIntegratedGradients(wrapped, [wrapped.InputMaps["pixelValues"], model.WordEmbeddings]);
        var arguments = new AttributionArguments([batch.InputIds, batch.PixelValues])
        {
            Baselines = [processor.Tokenizer.PadTokenId, BaselineOf(batch.PixelValues)],
            Target = answer,
            AdditionalForwardArgs = [batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds],
            CancellationToken = cancellation,
        };
        return method.Attribute(arguments, until is double delta ? PathSteps.Until(delta) : PathSteps.Fixed(steps));
    }

    private Tensor BaselineOf(Tensor pixelValues) => baseline == PictureBaseline.Zero
        ? zeros_like(pixelValues)
        : pixelValues.mean([2, 3], keepdim: true).expand_as(pixelValues); // (1, 3, 1, 1) to (1, 3, H, W)

    private (int Answer, double Probability) Answer(ViltBatch batch)
    {
        using var noGradients = no_grad();
        var (best, answer) = sigmoid(model.forward(batch).Logits)[0].max(0); // (1, answers) to ()
        return ((int)answer.item<long>(), best.item<float>());
    }
}
