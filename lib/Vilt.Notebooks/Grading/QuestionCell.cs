using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Grading;

/// <summary>What nbgrader's metadata, schema 3, say about a cell.</summary>
/// <param name="Id">nbgrader's <c>grade_id</c>, one for each cell of a notebook.</param>
/// <param name="IsGraded">Whether it has points.</param>
/// <param name="IsAnswer">Whether the student writes it.</param>
/// <param name="IsLocked">Whether the student may not change it.</param>
/// <param name="Points">The most points it gives.</param>
internal sealed record QuestionCell(string Id, bool IsGraded, bool IsAnswer, bool IsLocked, double Points)
{
    /// <summary>Reads a cell's metadata; null for a cell that has none.</summary>
    public static QuestionCell? Of(NotebookCell cell) =>
        cell.Metadata["nbgrader"] is JsonObject data && Value<string>(data, "grade_id") is { Length: > 0 } id
            ? new(id, Value<bool>(data, "grade") || Value<bool>(data, "task"), Value<bool>(data, "solution"), Value<bool>(data, "locked"), Number(data["points"]))
            : null;

    private static T? Value<T>(JsonObject data, string name) => data[name] is JsonValue value && value.TryGetValue(out T? read) ? read : default;

    private static double Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out double number) && double.IsFinite(number) ? number : 0;
}

/// <summary>What happened when a cell ran.</summary>
/// <param name="Cell">Its execution count; null if it did not run.</param>
/// <param name="Line">The line that failed, from 1, if it is known.</param>
/// <param name="Message">What went wrong.</param>
internal sealed partial record CellFault(int? Cell, int? Line, string Message)
{
    private const int LongestMessage = 500;

    /// <summary>The fault of an executed cell; null for a cell that ran to the end.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="end">Why the run ended before the notebook did, if so.</param>
    public static CellFault? Of(NotebookCell cell, string? end)
    {
        var error = cell.Outputs.OfType<JsonObject>().FirstOrDefault(output => output["output_type"]?.ToString() == "error");
        if (error is null)
        {
            return cell.ExecutionCount is null ? new(null, null, end ?? "It did not run.") : null;
        }

        var places = Place().Matches(error["traceback"]?.ToString() ?? "")
            .Select(match => (Cell: Number(match, "cell"), Line: Number(match, "line")))
            .ToList();
        var own = places.Where(place => place.Cell == cell.ExecutionCount).Select(place => (int?)place.Line).FirstOrDefault();
        var message = $"{error["ename"]}: {error["evalue"]}";
        return new(cell.ExecutionCount, own, message.Length <= LongestMessage ? message : message[..LongestMessage] + "…");
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"cell (?<cell>\d{1,6}), line (?<line>\d{1,6})")]
    private static partial Regex Place();
}
