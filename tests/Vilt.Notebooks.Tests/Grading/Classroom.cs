using System.Text.Json.Nodes;

namespace Vilt.Notebooks.Tests.Grading;

/// <summary>A course of one lesson, and what students make of it.</summary>
internal static class Classroom
{
    public const string Question = "lesson/answer";
    public const string Check = "lesson/twice-check";
    public const string LastCheck = "lesson/half-check";

    /// <summary>The teacher's notebook.</summary>
    public static JsonObject[] Lesson() =>
    [
        Cell("title", TestFolder.Markdown("# Lesson")),
        Cell("given", TestFolder.Code("int start = 4;\nint? twice = null, half = null;"), "given", locked: true),
        Cell("twice", TestFolder.Code("// BEGIN SOLUTION\ntwice = 2 * start;\n// END SOLUTION"), "twice", solution: true),
        Cell(
            "check",
            TestFolder.Code("if (twice is null) throw new Exception(\"twice: not done yet\");\nif (twice != 8) throw new Exception($\"twice is {twice}\");\n\"right\""),
            "twice-check", locked: true, points: 2),
        Cell(
            "why", TestFolder.Markdown("Why?\n<!-- BEGIN SOLUTION -->\nBecause of <b>this</b>.\n<!-- END SOLUTION -->"), "answer",
            solution: true, points: 2, rubric: ["1: says why", "1: says what"]),
        Cell("half", TestFolder.Code("// BEGIN SOLUTION\nhalf = start / 2;\n// END SOLUTION"), "half", solution: true),
        Cell("last", TestFolder.Code("// BEGIN HIDDEN TESTS\nif (half != 2) throw new Exception(\"half is wrong\");\n// END HIDDEN TESTS\n0.5"), "half-check", locked: true, points: 1),
    ];

    /// <summary>A student's notebook: the lesson with other sources, by cell.</summary>
    public static List<JsonObject> Solved(params (string Id, string Source)[] sources)
    {
        var cells = Lesson().ToList();
        Edit(cells, [("twice", "twice = start + start;"), ("why", "Why?\nBecause <script>alert(1)</script>"), ("half", "half = 2;"), ("last", "0.5"), .. sources]);
        return cells;
    }

    /// <summary>The notebook as it was handed out.</summary>
    public static List<JsonObject> Unsolved()
    {
        var cells = Lesson().ToList();
        Edit(cells, ("twice", "// TODO"), ("half", "// TODO"), ("why", "Why?\n*TODO: your answer*"), ("last", "0.5"));
        return cells;
    }

    public static JsonObject Of(List<JsonObject> cells, string id) => cells.Single(cell => cell["id"]!.ToString() == id);

    private static void Edit(List<JsonObject> cells, params (string Id, string Source)[] sources)
    {
        foreach (var (id, source) in sources)
        {
            Of(cells, id)["source"] = source;
        }
    }

    private static JsonObject Cell(
        string id, JsonObject cell, string? gradeId = null, bool locked = false, bool solution = false, double? points = null, string[]? rubric = null)
    {
        cell["id"] = id;
        if (gradeId is not null)
        {
            var data = new JsonObject
            {
                ["schema_version"] = 3,
                ["grade_id"] = gradeId,
                ["grade"] = points is not null,
                ["solution"] = solution,
                ["locked"] = locked,
                ["task"] = false,
            };
            if (points is not null)
            {
                data["points"] = points;
            }

            cell["metadata"]!["nbgrader"] = data;
        }

        if (rubric is not null)
        {
            cell["metadata"]!["rubric"] = new JsonArray([.. rubric.Select(line => (JsonNode)line)]);
        }

        return cell;
    }
}
