using System.Globalization;
using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Training;
using Vilt.Visuals;

namespace Vilt.Notebooks.Training;

/// <summary>Measures the accuracy on other questions at regular steps, and keeps it beside the run in <c>accuracy.csv</c>.</summary>
internal sealed class AccuracyLog
{
    private const string Header = "step,accuracy";

    private readonly string file;
    private readonly string picture;
    private readonly string source; // the hash of the questions that the file's lines are about
    private readonly ViltForQuestionAnswering model;
    private readonly VqaDataset questions;
    private readonly int every;
    private readonly CancellationToken cancellation;
    private readonly SortedDictionary<int, double> accuracies = [];

    public AccuracyLog(string folder, ViltForQuestionAnswering model, VqaDataset questions, int every, CancellationToken cancellation)
    {
        (file, picture) = (Path.Combine(folder, "accuracy.csv"), Path.Combine(folder, "accuracy.png"));
        source = Path.Combine(folder, "accuracy-questions.txt");
        (this.model, this.questions, this.every, this.cancellation) = (model, questions, every, cancellation);
        Directory.CreateDirectory(folder);
        Load(ExamplesHash.Of(questions.Examples));
    }

    /// <summary>Measures after a step if it is due.</summary>
    public void After(TrainingProgress progress)
    {
        if (progress.Step % every != 0 && progress.Step != progress.Steps)
        {
            return;
        }

        accuracies[progress.Step] = Evaluator.Evaluate(model, questions, batchSize: 32, cancellationToken: cancellation).Overall;
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"step {progress.Step}: accuracy {accuracies[progress.Step]:0.0} % on {questions.Count} other questions"));
        var lines = accuracies.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Key},{point.Value:0.00}"));
        File.WriteAllLines(file, lines.Prepend(Header));
    }

    /// <summary>Draws what was measured, if anything was.</summary>
    public void Draw()
    {
        if (accuracies.Count > 0)
        {
            File.WriteAllBytes(picture, new AccuracyCurve([("other questions", [.. accuracies.Select(point => (point.Key, point.Value))])]).ToPng());
        }
    }

    /// <summary>What an earlier part of the run measured on the same questions; invalid lines are skipped.</summary>
    private void Load(string hash)
    {
        if (!File.Exists(source) || File.ReadAllText(source) != hash)
        {
            File.Delete(file);
            File.WriteAllText(source, hash);
            return;
        }

        foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            if (line.Split(',') is [var step, var accuracy] && int.TryParse(step, CultureInfo.InvariantCulture, out var count)
                && double.TryParse(accuracy, CultureInfo.InvariantCulture, out var percent))
            {
                accuracies[count] = percent;
            }
        }
    }
}
