using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Http;
using Vilt.Attribution;
using Vilt.Data;
using Vilt.Evaluation;
using Vilt.Explorer.Pictures;
using Vilt.Explorer.Work;
using Vilt.Pipelines;
using Vilt.Visuals;
using static TorchSharp.torch;

namespace Vilt.Explorer.Asking;

/// <summary>What the models are asked: answers, explanations, and the scores along the path.</summary>
internal sealed class ModelRequests(ExplorerOptions options, PictureShelf shelf, ModelQueue queue)
{
    private const int Best = 5, PathPoints = 26;

    private readonly Dictionary<long, VqaExample> examples = options.Examples.ToDictionary(example => example.Question.QuestionId);

    /// <summary>The best answers, and the probabilities of others that are asked for.</summary>
    public async Task<object> AskAsync(AskRequest ask, string client, CancellationToken cancellation)
    {
        ask.Check();
        var vqa = Model(ask.Model).Vqa;
        var picture = Picture(ask, vqa);
        var answers = await queue.RunAsync(client, _ => vqa.Ask(picture, ask.Question, vqa.Answers.Count), cancellation);
        return new
        {
            Answers = answers.Take(Best).Select(One),
            Also = answers.Where(answer => ask.Also.Contains(answer.Answer)).Select(One),
            picture.Width,
            picture.Height,
            vqa.Model.Config.PatchSize,
        };

        static object One((string Answer, double Probability) answer) => new { answer.Answer, answer.Probability };
    }

    /// <summary>The explanation of an answer, as events.</summary>
    public IAsyncEnumerable<SseItem<object>> Explain(WhyRequest why, string client, CancellationToken cancellation) =>
        Explaining(why).EventsAsync(client, cancellation);

    /// <summary>The scores of an answer along the path from the plain picture without a question to the input.</summary>
    public async Task<object> PathAsync(WhyRequest why, string client, CancellationToken cancellation)
    {
        why.Check();
        var vqa = Model(why.Model).Vqa;
        var picture = Picture(why, vqa);
        double[] alphas = [.. Enumerable.Range(0, PathPoints).Select(i => i / (PathPoints - 1.0))];
        var scores = await queue.RunAsync(
            client,
            token =>
            {
                var arguments = vqa.Arguments(picture, why.Question, new() { Target = why.Answer, Baseline = why.Baseline });
                var path = new LayerIntegratedGradients(vqa.Wrapped, [vqa.Model.WordEmbeddings, vqa.Wrapped.InputMaps["pixelValues"]]);
                return path.OutputsAlong(arguments with { CancellationToken = token }, alphas).cpu().to_type(float32).data<float>().ToArray();
            },
            cancellation);
        var plain = Convert.ToBase64String(vqa.Plain(picture, why.Baseline).EncodePng());
        return new { Alphas = alphas, Scores = scores, Plain = $"data:image/png;base64,{plain}" };
    }

    /// <summary>The page to keep.</summary>
    public async Task<string> PageAsync(WhyRequest why, string client, CancellationToken cancellation)
    {
        why.Check();
        var vqa = Model(why.Model).Vqa;
        var picture = Picture(why, vqa);
        var answers = await queue.RunAsync(client, _ => vqa.Ask(picture, why.Question, Best), cancellation);
        var explanation = await Explaining(why).WholeAsync(client, cancellation);
        return options.Page is { } page
            ? page(new AnswerChart(answers), explanation)
            : throw new Refusal(StatusCodes.Status501NotImplemented, "This server makes no pages.");
    }

    /// <summary>The pixels that decide a question, as a string of 0 and 1, row by row.</summary>
    public object Mask(long questionId, string? model)
    {
        var vqa = Model(model).Vqa;
        var picture = examples.TryGetValue(questionId, out var example) ? shelf.Resized(PictureShelf.IdOf(example), vqa) : null;
        if (picture is null || Deciding(questionId, picture.Height, picture.Width, vqa) is not { } deciding)
        {
            throw new Refusal(StatusCodes.Status404NotFound, "No mask is known for this question.");
        }

        var coverage = deciding.Coverage;
        var mask = string.Concat(coverage.Cast<double>().Select(share => share >= 0.5 ? '1' : '0'));
        return new { Height = coverage.GetLength(0), Width = coverage.GetLength(1), Mask = mask, deciding.Area };
    }

    /// <summary>A model by its name.</summary>
    /// <exception cref="Refusal">There is none of this name.</exception>
    public ExplorerModel Model(string? name) =>
        name is null ? options.Models[0] : options.Models.FirstOrDefault(model => model.Name == name)
            ?? throw new Refusal(StatusCodes.Status404NotFound, $"There is no model {name} here.");

    /// <summary>The pixels that decide a question, in a picture of the size that a model sees; null where they are not known.</summary>
    public DecidingPixels? Deciding(long questionId, int height, int width, VqaPipeline vqa) =>
        options.Masks?.FindDecidingMask(questionId) is { } mask ? new(mask, height, width, vqa.Model.Config.PatchSize) : null;

    private Explaining Explaining(WhyRequest why)
    {
        why.Check();
        var vqa = Model(why.Model).Vqa;
        if (why.Answer is { } answer && !vqa.Answers.TryIdOf(answer, out _)) // Later, the answer would have begun.
        {
            throw new Refusal(StatusCodes.Status400BadRequest, $"\"{answer}\" is not one of the {vqa.Answers.Count} answers that the model knows.");
        }

        var picture = Picture(why, vqa);
        return new(queue, vqa, picture, why, why.QuestionId is { } id ? Deciding(id, picture.Height, picture.Width, vqa) : null);
    }

    private RgbImage Picture(QuestionRequest request, VqaPipeline vqa) =>
        vqa.Hide(shelf.Resized(request.Picture, vqa), request.Hidden, request.Baseline);
}

/// <summary>A question, and answers whose probabilities are wanted even if they are not among the best.</summary>
/// <inheritdoc cref="QuestionRequest"/>
internal sealed record AskRequest(string Picture, string Question) : QuestionRequest(Picture, Question)
{
    /// <summary>The answers.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];
}
