using System.Globalization;
using System.Text.Json.Nodes;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Grading;

/// <summary>What a student gets for a question.</summary>
/// <param name="Question">The question's name.</param>
/// <param name="Points">The points that the run gave; null if a person gives them.</param>
/// <param name="Most">The most points it gives.</param>
/// <param name="Fault">The first thing that failed on the way to it.</param>
/// <param name="Answer">What the student wrote, if it is an answer in words.</param>
internal sealed record Score(string Question, double? Points, double Most, CellFault? Fault, string? Answer)
{
    /// <summary>Scores the questions of a notebook that was run.</summary>
    /// <param name="executed">The restored notebook with its outputs.</param>
    /// <param name="course">What it was made from.</param>
    /// <param name="end">Why the run ended before the notebook did, if so.</param>
    public static IReadOnlyList<Score> Of(Notebook executed, CourseNotebook course, string? end)
    {
        var positions = executed.Cells.ToDictionary(cell => cell.Id, cell => cell.Position);
        var (scores, from) = (new List<Score>(), 0);
        foreach (var question in course.Questions)
        {
            var cell = executed.Cells[positions[question.Cell.Id] - 1];
            if (question.Model is not null)
            {
                scores.Add(Written(question, cell));
                continue;
            }

            var points = Earned(cell, question.Points);
            var fault = points < question.Points ? FirstFault(executed.Cells.Skip(from).Take(cell.Position - from), end) : null;
            scores.Add(new(question.Name, points, question.Points, fault, Answer: null));
            from = cell.Position;
        }

        return scores;
    }

    /// <summary>The scores of a notebook that was not handed in, or can't be read.</summary>
    public static IEnumerable<Score> None(CourseNotebook course, string reason) =>
        course.Questions.Select(question => new Score(question.Name, 0, question.Points, new(null, null, reason), Answer: null));

    private static Score Written(Question question, NotebookCell cell) => cell.Source == question.Cell.Source
        ? new(question.Name, 0, question.Points, new(null, null, "No answer was written."), cell.Source)
        : new(question.Name, null, question.Points, null, OwnText(cell.Source, question.Cell.Source));

    /// <summary>What a student has written into the cell: its lines without those that were handed out, the question among them.</summary>
    private static string OwnText(string written, string handedOut)
    {
        var given = handedOut.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).ToHashSet();
        var own = string.Join('\n', written.Split('\n').Where(line => !given.Contains(line))).Trim();
        return own.Length > 0 ? own : written;
    }

    /// <summary>
    /// nbgrader's rule: none for an error, or for anything on standard error; a value that is a number gives that many; anything else gives
    /// all.
    /// </summary>
    private static double Earned(NotebookCell cell, double most)
    {
        if (cell.ExecutionCount is null && cell.IsRunnable)
        {
            return 0;
        }

        foreach (var output in cell.Outputs.OfType<JsonObject>())
        {
            switch (output["output_type"]?.ToString())
            {
                case "error" or "stream" when output["output_type"]!.ToString() == "error" || output["name"]?.ToString() == "stderr":
                    return 0;
                case "execute_result":
                    var text = MultilineText.IsText(output["data"]?["text/plain"]) ? MultilineText.Read(output["data"]!["text/plain"]!) : "";
                    var isPart = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var points) && points >= 0 && points <= most;
                    return isPart ? points : most;
            }
        }

        return most;
    }

    private static CellFault? FirstFault(IEnumerable<NotebookCell> cells, string? end) =>
        cells.Where(cell => cell.IsRunnable).Select(cell => CellFault.Of(cell, end)).FirstOrDefault(fault => fault is not null);
}
