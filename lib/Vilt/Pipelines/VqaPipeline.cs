using TorchSharp;
using Vilt.Attribution;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Downloads;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Pipelines;

/// <summary>
/// From pictures and questions to answers, and to what led to them: a model with its processor, as Hugging Face's
/// <c>pipeline("visual-question-answering")</c>.
/// </summary>
/// <example>
/// <code>
/// using var vqa = VqaPipeline.From("assets/vilt-zoo-finetuned-vqa");
/// var answers = vqa.Ask("zebra.png", "how many zebras are on the picture", top: 5);
/// var explanation = vqa.Explain("zebra.png", "how many zebras are on the picture");
/// </code>
/// </example>
public sealed class VqaPipeline : IDisposable
{
    private readonly LayerIntegratedGradients layerIntegratedGradients;

    /// <summary>Wraps a model that is loaded already, on its device and in its precision, in evaluation mode.</summary>
    /// <param name="model">The model, which the pipeline disposes.</param>
    /// <param name="processor">Its processor.</param>
    /// <exception cref="ArgumentException">Two of the model's answers have the same text.</exception>
    public VqaPipeline(ViltForQuestionAnswering model, ViltProcessor processor)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(processor);
        (Model, Processor, Answers) = (model, processor, new AnswerVocabulary(model.Config.Answers));
        model.eval();
        Wrapped = new(new ViltLogits(model));
        layerIntegratedGradients = new(Wrapped, [model.WordEmbeddings, Wrapped.InputMaps["pixelValues"]]);
    }

    /// <summary>The model.</summary>
    public ViltForQuestionAnswering Model { get; }

    /// <summary>The model from its inputs to the answers' scores, with a layer in front of each input that methods can attribute to.</summary>
    public ModelInputWrapper Wrapped { get; }

    /// <summary>What makes pixel values and token ids.</summary>
    public ViltProcessor Processor { get; }

    /// <summary>The answers that the model knows.</summary>
    public AnswerVocabulary Answers { get; }

    /// <summary>Where the model computes.</summary>
    public Device Device => Model.parameters().First().device;

    /// <summary>Loads a model that answers questions.</summary>
    /// <param name="folderOrModel">A checkpoint's folder in Hugging Face's layout, or its name on the hub.</param>
    /// <param name="revision">Branch, tag or commit on the hub; null: the branch <c>main</c>.</param>
    /// <param name="device">Where to compute; null: <see cref="Devices.Best"/>.</param>
    /// <param name="bfloat16">Whether to compute in bfloat16: faster if the processor has it, and less exact.</param>
    /// <param name="progress">Receives the progress of downloads.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or weights of the model are missing.</exception>
    /// <exception cref="IOException">A file is missing, or the hub does not give it; the message says why.</exception>
    public static VqaPipeline From(
        string folderOrModel, string? revision = null, Device? device = null, bool bfloat16 = false,
        IProgress<DownloadProgress>? progress = null)
    {
        var checkpoint = ViltCheckpoint.From(folderOrModel, revision, progress);
        var processor = checkpoint.Processor();
        var (model, report) = checkpoint.QuestionAnswering();
        try
        {
            if (report.NewlyInitialized.Count + report.Mismatched.Count > 0)
            {
                throw new InvalidDataException($"{folderOrModel} is not a complete question-answering model; fine-tune it first.\n{report}");
            }

            model.to(device ?? Devices.Best());
            model.to(bfloat16 ? ScalarType.BFloat16 : ScalarType.Float32);
            return new(model, processor);
        }
        catch (Exception error)
        {
            model.Dispose();
            if (error is ArgumentException)
            {
                throw new InvalidDataException($"{folderOrModel}: {error.Message}", error);
            }

            throw;
        }
    }

    /// <summary>Answers a question about a picture.</summary>
    /// <param name="picture">A file's path, or a picture.</param>
    /// <param name="question">The question; a long one is cut to the length that the model takes.</param>
    /// <param name="top">How many answers, at most as many as the model knows.</param>
    /// <returns>The most probable answers, best first.</returns>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The picture can't be read, or the model's scores are not finite.</exception>
    /// <exception cref="ArgumentException">The picture is so long and thin that no patch of it would remain.</exception>
    public VqaAnswers Ask(PictureSource picture, string question, int top = 5) => Ask([(picture, question)], top)[0];

    /// <summary>Answers many questions, those about pictures of the same size together.</summary>
    /// <param name="questions">Each with its picture; picture files are read when needed.</param>
    /// <param name="top">How many answers to each, at most as many as the model knows.</param>
    /// <param name="batchSize">Questions in a forward pass. It changes speed and memory, and answers by rounding only.</param>
    /// <param name="progress">Receives how many questions are answered.</param>
    /// <param name="cancellationToken">Checked before each picture and each pass.</param>
    /// <returns>The most probable answers to each, in the order of the questions.</returns>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    /// <inheritdoc cref="Ask(PictureSource, string, int)" path="/exception"/>
    public IReadOnlyList<VqaAnswers> Ask(
        IReadOnlyList<(PictureSource Picture, string Question)> questions, int top = 5, int batchSize = 16,
        IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        var answers = new VqaAnswers[questions.Count];
        var done = 0;
        foreach (var (places, encoded) in new QuestionBatches(Processor, questions, batchSize).Read(cancellationToken))
        {
            using (encoded)
            {
                foreach (var (place, given) in places.Zip(Ask(encoded, top)))
                {
                    answers[place] = given;
                }
            }

            progress?.Report(done += places.Length);
        }

        return answers;
    }

    /// <summary>Answers a batch of encoded questions, for callers that batch them in another way.</summary>
    /// <param name="batch">The batch, on any device; it stays the caller's.</param>
    /// <param name="top">How many answers to each, at most as many as the model knows.</param>
    /// <returns>The most probable answers to each, best first.</returns>
    /// <exception cref="InvalidDataException">The model's scores are not finite.</exception>
    public IReadOnlyList<VqaAnswers> Ask(ViltBatch batch, int top = 5)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var logits = Model.forward(batch.To(Device) with { Labels = null }).Logits; // (B, answers)
        var (probabilities, ids) = logits.Finite("scores of the answers").sigmoid().cpu().topk(Math.Min(top, Answers.Count)); // (B, top)
        var ranked = ids.data<long>().Zip(probabilities.data<float>(), (id, probability) => (Answers[(int)id], (double)probability));
        return [.. ranked.Chunk((int)ids.shape[1]).Select(one => new VqaAnswers(one))];
    }

    /// <summary>Explains an answer: what each pixel of the picture and each word of the question adds to its score.</summary>
    /// <param name="picture">A file's path, or a picture.</param>
    /// <param name="question">The question; a long one is cut to the length that the model takes.</param>
    /// <param name="options">What to explain, in comparison with what, and how; null: the most probable answer, as notebook 5 does.</param>
    /// <param name="progress">Receives the progress after each forward and backward pass.</param>
    /// <param name="cancellationToken">Checked before each of them.</param>
    /// <returns>The explanation; nothing in it needs to be disposed.</returns>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The picture can't be read, or scores or attributions are not finite.</exception>
    /// <exception cref="ArgumentException">The answer is not one of the model's, or the method gives attributions of something other than
    /// text and pixels, or tokens.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public VqaExplanation Explain(
        PictureSource picture, string question, ExplainOptions? options = null,
        IProgress<AttributionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        options ??= new();
        using var scope = NewDisposeScope();
        var resized = picture.Resized(Processor.ImageProcessor);
        var batch = Collator.Collate([Processor.EncodeResized(resized, question)]).To(Device);
        var predicted = Ask(batch, top: 1)[0][0];
        var target = options.Target ?? predicted.Answer;
        var arguments = this.Arguments(batch, options.Baseline.Of(batch.PixelValues), target, options.InternalBatchSize) with
        {
            Progress = progress,
            CancellationToken = cancellationToken,
        };
        using var result = options.Method?.Attribute(arguments) ?? layerIntegratedGradients.Attribute(arguments, options.Steps);
        var (words, pixels) = AnswerShares.From(result, batch, Model);
        var path = result as IntegratedGradientsResult;
        return new(
            question, target, predicted.Answer, predicted.Probability, resized, pixels,
            Processor.Tokenizer.Tokens(batch.InputIds[0].cpu().data<long>().ToArray()), words,
            path?.ConvergenceDelta.item<float>(), path?.Steps);
    }

    /// <summary>Explains answers one after the other, each when it is asked for.</summary>
    /// <param name="questions">Each with its picture.</param>
    /// <param name="options">What to explain of each, in comparison with what, and how.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The explanations in the order of the questions; maps are large, so they are not kept.</returns>
    /// <inheritdoc cref="Explain(PictureSource, string, ExplainOptions, IProgress{AttributionProgress}, CancellationToken)" path="/exception"/>
    public IEnumerable<VqaExplanation> Explain(
        IEnumerable<(PictureSource Picture, string Question)> questions, ExplainOptions? options = null,
        CancellationToken cancellationToken = default) =>
        questions.Select(one => Explain(one.Picture, one.Question, options, progress: null, cancellationToken));

    /// <summary>Disposes the model.</summary>
    public void Dispose()
    {
        Wrapped.Dispose();
        Model.Dispose();
    }

    /// <summary>The place of an answer, which must be one of the model's.</summary>
    internal int IdOf(string answer) => Answers.TryIdOf(answer, out var id)
        ? id
        : throw new ArgumentException($"\"{answer}\" is not one of the {Answers.Count} answers that the model knows.", nameof(answer));
}
