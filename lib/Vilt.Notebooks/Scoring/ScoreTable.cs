using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Vilt.Notebooks.Scoring;

/// <summary>Writes methods × measures, in four parts that fit on a terminal, and which method is best by which measure.</summary>
internal static class ScoreTable
{
    private const string Percent = "0.0", Fraction = "0.000", Whole = "0";
    private const string RandomWeights = "random\nweights";

    private static readonly (Measure Measure, string Title, string Format)[][] Parts =
    [
        [
            (Measure.Pointing, "pointing\n%", Percent), (Measure.PointingRandomWeights, RandomWeights, Percent),
            (Measure.Inside, "inside\n%", Percent), (Measure.InsideRandomWeights, RandomWeights, Percent),
            (Measure.Rank, "rank\n%", Percent), (Measure.RankRandomWeights, RandomWeights, Percent),
        ],
        [
            (Measure.Deletion, "deletion\narea", Fraction), (Measure.DeletionByMagnitude, "by\nmagnitude", Fraction),
            (Measure.DeletionRandomWeights, RandomWeights, Fraction), (Measure.DeletionOfLost, "of those\nlost", Fraction),
            (Measure.Insertion, "insertion\narea", Fraction),
        ],
        [
            (Measure.Infidelity, "infidelity", Fraction), (Measure.Sensitivity, "sensitivity", Fraction),
            (Measure.RandomWeightsAbsolute, "as random\nweights", Fraction), (Measure.OtherAnswer, "as other\nanswer", Fraction),
        ],
        [
            (Measure.Text, "text\n%", Percent), (Measure.Forward, "forward\nrows", Whole), (Measure.Backward, "backward\nrows", Whole),
            (Measure.Seconds, "seconds", Fraction),
        ],
    ];

    public static void Write(ScoreSheet sheet, string title)
    {
        Console.Out.WriteLine($"{title}: {sheet.Questions.Count} questions; an empty picture takes away {sheet.Lost} of the answers");
        foreach (var columns in Parts)
        {
            var table = new Table { Border = TableBorder.Simple }.AddColumn(new TableColumn("method").NoWrap());
            table.AddColumns([.. columns.Select(column => new TableColumn(column.Title).RightAligned())]);
            foreach (var (row, name) in sheet.Methods.Append("chance").Index())
            {
                table.AddRow([name, .. columns.Select(column => Text(sheet.Mean(row, column.Measure), column.Format))]);
            }

            AnsiConsole.Write(table);
        }
    }

    public static void WriteBest(ScoreSheet sheet)
    {
        foreach (var measure in ScoreSheet.Comparable)
        {
            if (sheet.Best(measure) is { } best)
            {
                Console.Out.WriteLine($"best {JsonNamingPolicy.KebabCaseLower.ConvertName($"{measure}")}: {best.Method} {best.Mean:0.000}");
            }
        }
    }

    private static string Text(double mean, string format) =>
        double.IsNaN(mean) ? "" : (format == Percent ? 100 * mean : mean).ToString(format, CultureInfo.InvariantCulture);
}
