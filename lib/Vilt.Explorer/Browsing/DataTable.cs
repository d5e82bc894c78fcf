using Microsoft.AspNetCore.Http;
using Vilt.Data;
using Vilt.Explorer.Asking;
using Vilt.Explorer.Pictures;
using Vilt.Explorer.Work;
using Vilt.Pipelines;

namespace Vilt.Explorer.Browsing;

/// <summary>The data set as a table.</summary>
internal sealed class DataTable
{
    private const int MostAtOnce = 64, BatchSize = 8, MostAnswersListed = 200;

    private readonly ExplorerOptions options;
    private readonly ModelRequests requests;
    private readonly ModelQueue queue;
    private readonly Dictionary<long, VqaExample> examples;
    private readonly TableRow[] rows;
    private readonly string[] kinds;
    private readonly Dictionary<ExplorerModel, Findings> findings;

    public DataTable(ExplorerOptions options, ModelRequests requests, ModelQueue queue)
    {
        (this.options, this.requests, this.queue) = (options, requests, queue);
        examples = options.Examples.ToDictionary(example => example.Question.QuestionId);
        var kindsOfZoo = options.Masks?.Questions.ToDictionary(question => question.QuestionId, question => question.Kind.ToString()) ?? [];
        rows = [.. options.Examples.Select(example => new TableRow(
            example.Question.QuestionId, PictureShelf.IdOf(example), example.Question.Question,
            kindsOfZoo.GetValueOrDefault(example.Question.QuestionId) ?? example.Annotation?.QuestionType ?? "", example.Annotation?.MultipleChoiceAnswer))];
        kinds = [.. rows.Select(row => row.Kind).Distinct().Order(StringComparer.Ordinal)];
        findings = options.Models.ToDictionary(model => model, _ => new Findings());
        var dataHash = options.Results.Count > 0 ? ExamplesHash.Of(options.Examples) : "";
        foreach (var folder in options.Results)
        {
            Findings.Read(folder, findings, dataHash, id => options.Masks?.FindDecidingMask(id));
        }
    }

    /// <summary>A page of the rows that a query wants, and how many there are.</summary>
    public object Page(TableQuery query)
    {
        var known = Known(query.Model);
        TableRow[] wanted = [.. query.Select(rows.Select(row => With(row, known)))];
        return new
        {
            Rows = wanted.Skip(query.Page * TableQuery.PageSize).Take(TableQuery.PageSize),
            wanted.Length,
            TableQuery.PageSize,
            All = rows.Length,
            Answered = known.Answers.Count,
            HasMasks = options.Masks is not null,
            Kinds = kinds,
            Answers = known.Answers.Values.Select(found => found.Answer).Distinct().Order(StringComparer.Ordinal).Take(MostAnswersListed),
        };
    }

    /// <summary>Answers questions of the data set: those named, or the next ones that are not answered.</summary>
    public async Task<object> AnswerAsync(AnswersRequest request, string client, CancellationToken cancellation)
    {
        var model = requests.Model(request.Model);
        var known = Known(request.Model);
        VqaExample[] wanted = [.. (request.Ids?.Select(Example) ?? options.Examples)
            .Where(example => !known.Answers.ContainsKey(example.Question.QuestionId)).Take(Math.Clamp(request.Next, 1, MostAtOnce))];
        foreach (var some in wanted.Chunk(BatchSize)) // others have their turns in between
        {
            var answers = await queue.RunAsync(
                client,
                token => model.Vqa.Ask([.. some.Select(example => ((PictureSource)example.FetchImage(), example.Question.Question))], top: 1, cancellationToken: token),
                cancellation);
            foreach (var (example, answer) in some.Zip(answers))
            {
                known.Answers[example.Question.QuestionId] = (answer[0].Answer, answer[0].Probability);
            }
        }

        return Progress(known, request.Ids);
    }

    /// <summary>Explains the model's own answer to a question, and sees whether the map points at what decides.</summary>
    public async Task<object> PointAsync(AnswersRequest request, string client, CancellationToken cancellation)
    {
        var model = requests.Model(request.Model);
        var known = Known(request.Model);
        foreach (var example in (request.Ids ?? []).Take(MostAtOnce).Select(Example).Where(one => !known.Hits.ContainsKey(one.Question.QuestionId)))
        {
            var explanation = await queue.RunAsync(
                client, token => model.Vqa.Explain(example.FetchImage(), example.Question.Question, cancellationToken: token), cancellation);
            if (requests.Deciding(example.Question.QuestionId, explanation.Picture.Height, explanation.Picture.Width, model.Vqa) is { } deciding)
            {
                known.Hits[example.Question.QuestionId] = deciding.Judge(explanation.Pixels).Pointing == 1;
            }
        }

        return Progress(known, request.Ids);
    }

    private object Progress(Findings known, IReadOnlyList<long>? ids) => new
    {
        Answered = known.Answers.Count,
        All = rows.Length,
        Rows = ids is null ? [] : rows.Where(row => ids.Contains(row.Id)).Select(row => With(row, known)).ToArray(),
    };

    private TableRow With(TableRow row, Findings known)
    {
        bool? hit = known.Hits.TryGetValue(row.Id, out var points) ? points : null;
        return !known.Answers.TryGetValue(row.Id, out var found) ? row with { Hit = hit } : row with
        {
            Answer = found.Answer,
            Probability = found.Probability,
            Score = examples[row.Id].Annotation is { } annotation ? VqaAccuracy.Score(found.Answer, annotation.Answers) : null,
            Hit = hit,
        };
    }

    private Findings Known(string? model) => findings[requests.Model(model)];

    private VqaExample Example(long id) => examples.TryGetValue(id, out var example)
        ? example
        : throw new Refusal(StatusCodes.Status404NotFound, $"The data set has no question {id}.");
}

/// <summary>Questions of the data set that a model is to answer.</summary>
/// <param name="Model">The model's name; null for the first.</param>
/// <param name="Ids">Which; null for the next that are not answered.</param>
/// <param name="Next">How many at most.</param>
internal sealed record AnswersRequest(string? Model, IReadOnlyList<long>? Ids, int Next = 32);
