using System.Text.Json.Nodes;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Grading;
using Vilt.Notebooks.Running;
using Vilt.Notebooks.Students;

namespace Vilt.Notebooks.Tests.Grading;

/// <summary>Thirty students who hand in notebook 5, each something else.</summary>
/// <param name="folder">Where all files go.</param>
internal sealed class LargeClass(TestFolder folder)
{
    private const string Attr = "05-exercise", Completeness = "05-completeness", Written = "05-14-text";

    /// <summary>The cells that matter to the exercises, for a class that is to be graded soon.</summary>
    private static readonly string[] Cells =
    [
        "05-02-code", "05-04-code", "05-04-pictures-code", "05-07-code", "05-attr-given", Attr, "05-attr-check", Written,
        "05-23-given-code", "05-completeness-given", Completeness, "05-completeness-check",
    ];

    private static readonly string Original = Path.Combine(Series.Root()!, "notebooks", "solutions", "05-explain-the-answers.ipynb");

    /// <summary>The teacher's notebook.</summary>
    /// <param name="whole">Whether it is the one of the series, or only those of its cells that matter here.</param>
    public string Source(bool whole)
    {
        if (whole)
        {
            return Original;
        }

        var target = folder["source/05-explain-the-answers.ipynb"];
        var notebook = Notebook.Read(Original);
        var paths = new RelativePaths(notebook.Folder, to: null);
        foreach (var cell in notebook.Cells.Where(cell => cell.IsCode))
        {
            cell.Source = paths.ChangeInCode(cell.Source);
        }

        notebook.WithCells(target, notebook.Cells.Where(cell => Cells.Contains(cell.Id))).Write(target);
        return target;
    }

    /// <summary>Writes what a student hands in.</summary>
    /// <param name="handedOut">The notebook that the students got.</param>
    /// <param name="attempt">What the student makes of it.</param>
    /// <param name="file">Where it goes.</param>
    public void HandIn(string handedOut, Attempt attempt, string file)
    {
        var notebook = JsonNode.Parse(File.ReadAllText(handedOut))!.AsObject();
        var cells = notebook["cells"]!.AsArray();
        if (!attempt.IsUnsolved)
        {
            Of(cells, Attr)["source"] = attempt.AttrCell ?? Solution(Attr);
            Of(cells, Completeness)["source"] = attempt.CompletenessCell ?? Solution(Completeness);
            Of(cells, Written)["source"] = "### Question 2\n\nThey say what nothing is.";
        }

        attempt.Edit?.Invoke(cells);
        folder.Write(file, notebook.ToJsonString());
    }

    private static string Solution(string id) => ModelAnswer.Of(Notebook.Read(Original).Cells.Single(cell => cell.Id == id)).Text;

    private static JsonNode Of(JsonArray cells, string id) => cells.Single(cell => cell!["id"]!.ToString() == id)!;
}
