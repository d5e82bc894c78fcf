using System.Globalization;
using System.Text.Json.Nodes;
using Vilt.Notebooks.Grading;
using Vilt.Notebooks.Tests.Grading;

namespace Vilt.Notebooks.Tests.Students;

public sealed class NbgraderCourseTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_course_has_sources_that_work_in_any_folder_and_settings_that_know_the_stubs()
    {
        folder.Notebook("in/lesson.ipynb", [.. Classroom.Lesson(), TestFolder.Code("#r \"../lib/My.dll\"")]);
        var (exitCode, output, _) = await ViltProgram.RunAsync("student", folder["in"], "--nbgrader", "--out", folder["course"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("nbgrader generate_assignment vilt", output, StringComparison.Ordinal);
        var source = File.ReadAllText(folder["course/source/vilt/lesson.ipynb"]);
        Assert.Contains("BEGIN SOLUTION", source, StringComparison.Ordinal);
        Assert.Contains($"{folder["lib/My.dll"]}", source, StringComparison.Ordinal);
        Assert.DoesNotContain("rubric", source, StringComparison.Ordinal);
        var settings = File.ReadAllText(folder["course/nbgrader_config.py"]);
        Assert.Contains("""{"C#": "// TODO: your code\nthrow""", settings, StringComparison.Ordinal);
        Assert.Contains("\"*TODO: your answer*\"", settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_of_nbgrader_give_the_points_that_vilt_grade_gives()
    {
        var nbgrader = new Nbgrader(folder);
        folder.Notebook("in/lesson.ipynb", Classroom.Lesson());
        Assert.Equal(0, (await ViltProgram.RunAsync("student", folder["in"], "--nbgrader", "--out", folder["course"])).ExitCode);
        await nbgrader.InstallKernelAsync();
        await nbgrader.RunAsync("generate_assignment", "vilt");
        Assert.DoesNotContain("half is wrong", File.ReadAllText(folder["course/release/vilt/lesson.ipynb"]), StringComparison.Ordinal);

        Submit("right", Classroom.Solved());
        Submit("unsolved", Released());
        Submit("wrong", Classroom.Solved(("twice", "twice = 7;")));
        Submit("dies", Classroom.Solved(("half", "Environment.FailFast(\"gone\");")));
        Submit("loops", Classroom.Solved(("half", "while (true) ;")));
        var changed = Classroom.Solved(("twice", "twice = 7;"), ("check", "\"right\""));
        Classroom.Of(changed, "check")["metadata"]!["nbgrader"]!["points"] = 100;
        Submit("changed", changed);
        var deleted = Classroom.Solved();
        deleted.RemoveAll(cell => cell["id"]!.ToString() is "given" or "check");
        Submit("deleted", deleted);
        var copied = Classroom.Solved(("half", "throw new Exception();"));
        copied.Insert(1, Classroom.Of(copied, "check").DeepClone().AsObject());
        copied[1]["id"] = "copy";
        Submit("copied", copied);
        await nbgrader.RunAsync("autograde", "vilt", "--Execute.timeout=20");
        await nbgrader.RunAsync("generate_feedback", "vilt");
        await nbgrader.RunAsync("export");
        var theirs = nbgrader.Points();

        var (exitCode, _, error) = await ViltProgram.RunAsync(
            "grade", folder["course/submitted"], "--source", folder["in"], "--out", folder["graded"], "--timeout", "20", "--no-sandbox");
        Assert.True(exitCode == 0, error);
        var ours = Csv.Read(folder["graded/grades.csv"]).Skip(1).GroupBy(row => row[0]).ToDictionary(rows => rows.Key, rows => rows.Sum(row => Number(row[3])));
        Assert.Equal(theirs, ours);
        Assert.Equal((2.5, 2.0, 0.5, 0.0), (ours["right"], ours["dies"], ours["wrong"], ours["unsolved"]));
        Assert.Equal(ours.Count, Directory.GetFiles(folder["course/feedback"], "lesson.html", SearchOption.AllDirectories).Length);
    }

    private static double Number(string field) => field.Length == 0 ? 0 : double.Parse(field, CultureInfo.InvariantCulture);

    private List<JsonObject> Released() => [.. folder.Read("course/release/vilt/lesson.ipynb")["cells"]!.AsArray().Select(cell => cell!.AsObject())];

    private void Submit(string student, List<JsonObject> cells)
    {
        var notebook = folder.Read("course/release/vilt/lesson.ipynb");
        notebook["cells"] = new JsonArray([.. cells.Select(cell => cell.DeepClone())]);
        folder.Write($"course/submitted/{student}/vilt/lesson.ipynb", notebook.ToJsonString());
    }
}
