using System.Globalization;
using System.Text;
using Vilt.Data;
using Vilt.Processing;
using Vilt.Training;
using Vilt.Visuals;

namespace Vilt.Notebooks.Training;

/// <summary>Measures the accuracy on other questions at regular steps, and keeps it beside the run in a table such as <c>accuracy.csv</c>.</summary>
internal sealed class AccuracyLog
{
    private const string Header = "step,accuracy";

    private readonly string file;
    private readonly string picture;
    private readonly string source; // the hash of the questions that the file's lines are about
    private readonly Func<VqaDataset, CancellationToken, double> accuracyOn;
    private readonly VqaDataset questions;
    private readonly int every;
    private readonly CancellationToken cancellation;
    private readonly SortedDictionary<int, double> accuracies = [];

    /// <param name="folder">Where the table goes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="accuracyOn">Measures.</param>
    /// <param name="questions">On which questions.</param>
    /// <param name="every">Steps between measurements.</param>
    /// <param name="cancellation">Cancels a measurement.</param>
    public AccuracyLog(
        string folder, string name, Func<VqaDataset, CancellationToken, double> accuracyOn, VqaDataset questions, int every,
        CancellationToken cancellation)
    {
        (file, picture) = (Path.Combine(folder, $"{name}.csv"), Path.Combine(folder, $"{name}.png"));
        source = Path.Combine(folder, $"{name}-questions.txt");
        (this.accuracyOn, this.questions, this.every, this.cancellation) = (accuracyOn, questions, every, cancellation);
        Directory.CreateDirectory(folder);
        Load(ExamplesHash.Of(questions.Examples));
    }

    /// <summary>Called when a measurement is better than all of earlier steps.</summary>
    public Action? Improved { get; init; }

    /// <summary>Measures after a step if it is due.</summary>
    public void After(TrainingProgress progress)
    {
        if (progress.Step % every != 0 && progress.Step != progress.Steps)
        {
            return;
        }

        var accuracy = accuracyOn(questions, cancellation);
        if (accuracies.Where(earlier => earlier.Key < progress.Step).All(earlier => earlier.Value < accuracy))
        {
            Improved?.Invoke(); // before it is noted, so that a run that ends here does it again
        }

        accuracies[progress.Step] = accuracy;
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"step {progress.Step}: accuracy {accuracies[progress.Step]:0.0} % on {questions.Count} other questions"));
        var lines = accuracies.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Key},{point.Value:0.00}"));
        AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(Header)) + "\n")));
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
