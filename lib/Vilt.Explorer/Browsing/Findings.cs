using System.Collections.Concurrent;
using Vilt.Data;
using Vilt.Results;

namespace Vilt.Explorer.Browsing;

/// <summary>What is known about a model's answers to the data set's questions: computed here, or read from results.</summary>
internal sealed class Findings
{
    /// <summary>The best answer to a question, by id; the probability is not always known.</summary>
    public ConcurrentDictionary<long, (string Answer, double? Probability)> Answers { get; } = [];

    /// <summary>Whether the explanation points at what decides.</summary>
    public ConcurrentDictionary<long, bool> Hits { get; } = [];

    /// <summary>Reads what <c>vilt predict</c> or <c>vilt attribute</c> left in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="models">The model that they are of is among them.</param>
    /// <param name="dataHash"><see cref="ExamplesHash"/> of the data set that they are of.</param>
    /// <param name="maskOf">The pixels that decide a question, where they are known.</param>
    /// <exception cref="InvalidDataException">They are of another model or data set, or damaged.</exception>
    /// <exception cref="FileNotFoundException">The folder holds no results.</exception>
    public static void Read(
        string folder, IReadOnlyDictionary<ExplorerModel, Findings> models, string dataHash, Func<long, bool[,]?> maskOf)
    {
        var results = new StoredResults(folder);
        var model = models.Keys.FirstOrDefault(one => one.ContentHash is not null && one.ContentHash == results.Settings.GetValueOrDefault("model"));
        if (model is null || results.Settings.GetValueOrDefault("data") != dataHash)
        {
            throw new InvalidDataException($"{folder} holds results of another {(model is null ? "model" : "data set")}: "
                + $"give the {(model is null ? "--model" : "--data")} that they are of.");
        }

        foreach (var row in results.Parts().SelectMany(part => results.Rows(part, maskOf)))
        {
            models[model].Add(row);
        }
    }

    private void Add(ResultRow row)
    {
        if (row is PredictionRow prediction)
        {
            Answers[row.QuestionId] = (row.Answer, prediction.Probability);
        }
        else
        {
            Answers.TryAdd(row.QuestionId, (row.Answer, null));
        }

        if (row is ExplanationRow { PointingHit: { } hit })
        {
            Hits[row.QuestionId] = hit;
        }
    }
}
