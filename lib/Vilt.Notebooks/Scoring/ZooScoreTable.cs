using System.Text.Json;
using Spectre.Console;
using Vilt.Evaluation;

namespace Vilt.Notebooks.Scoring;

/// <summary>Writes scores by kind of question and overall, in percent: a table for people, then a line each for programs.</summary>
internal static class ZooScoreTable
{
    private static readonly string[] Titles = ["asked", "pointing", "random", "chance", "inside", "random", "area"];
    private static readonly string[] Keys = ["pointing", "pointing_randomized", "pointing_chance", "inside", "inside_randomized", "area"];

    public static void Write(IReadOnlyList<ZooScore> scores)
    {
        var rows = scores.GroupBy(score => score.Kind).OrderBy(kind => kind.Key)
            .Select(kind => new Row(JsonNamingPolicy.SnakeCaseLower.ConvertName($"{kind.Key}"), [.. kind]))
            .Append(new Row("overall", scores)).ToList();
        var table = new Table { Border = TableBorder.Simple }.AddColumn("kind");
        table.AddColumns([.. Titles.Select(title => new TableColumn(title).RightAligned())]);
        rows.ForEach(row => table.AddRow([row.Name, $"{row.Scores.Count}", .. row.Percents()]));
        AnsiConsole.Write(table);
        foreach (var row in rows)
        {
            var values = Keys.Zip(row.Percents(), (key, value) => $"{key}={value}");
            Console.Out.WriteLine($"score kind={row.Name} questions={row.Scores.Count} {string.Join(' ', values)}");
        }
    }

    private sealed record Row(string Name, IReadOnlyList<ZooScore> Scores)
    {
        public string[] Percents()
        {
            var trained = Mean(score => score.Trained);
            var randomized = Mean(score => score.Randomized);
            var chance = Mean(score => score.Chance);
            double[] shares = [trained.Pointing, randomized.Pointing, chance.Pointing, trained.Inside, randomized.Inside, chance.Inside];
            return [.. shares.Select(share => $"{100 * share:0.0}")];
        }

        private Localization Mean(Func<ZooScore, Localization> part) => Localization.Mean([.. Scores.Select(part)]);
    }
}
