using System.Text.Json;
using System.Text.Json.Nodes;
using Vilt.Data;

namespace Vilt.Notebooks.Scoring;

/// <summary>Writes methods × measures as JSON, overall and by kind of question; what was not measured is null.</summary>
internal static class ScoreFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(string path, ScoreSheet sheet)
    {
        var file = new JsonObject
        {
            ["overall"] = Table(sheet),
            ["by_kind"] = new JsonObject(sheet.ByKind.Select(kind => KeyValuePair.Create(Key(kind.Kind), (JsonNode?)Table(kind.Sheet)))),
            ["best"] = new JsonObject(ScoreSheet.Comparable.Select(measure => KeyValuePair.Create(Key(measure), (JsonNode?)sheet.Best(measure)?.Method))),
        };
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, file, Indented));
    }

    private static JsonObject Table(ScoreSheet sheet) => new()
    {
        ["questions"] = sheet.Questions.Count,
        ["answers_lost"] = sheet.Lost,
        ["methods"] = new JsonObject(sheet.Methods.Append("chance").Select(
            (name, row) => KeyValuePair.Create(name, (JsonNode?)new JsonObject(Enum.GetValues<Measure>().Select(measure => Mean(sheet, row, measure)))))),
    };

    private static KeyValuePair<string, JsonNode?> Mean(ScoreSheet sheet, int row, Measure measure)
    {
        var mean = sheet.Mean(row, measure);
        return KeyValuePair.Create(Key(measure), double.IsNaN(mean) ? null : (JsonNode?)Math.Round(mean, 6));
    }

    private static string Key(Enum name) => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{name}");
}
