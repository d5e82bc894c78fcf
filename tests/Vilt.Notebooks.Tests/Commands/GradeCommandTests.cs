using System.IO.Compression;
using System.Text.Json.Nodes;
using Vilt.Notebooks.Grading;
using Vilt.Notebooks.Running;
using Vilt.Notebooks.Tests.Grading;

namespace Vilt.Notebooks.Tests.Commands;

public sealed class GradeCommandTests : IDisposable
{
    private readonly TestFolder folder = new();

    public GradeCommandTests() => folder.Notebook("course/lesson.ipynb", Classroom.Lesson());

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_class_is_graded_whatever_its_notebooks_do()
    {
        Assert.SkipWhen(Sandbox.Problem() is not null, Sandbox.Problem() ?? "");
        folder.Write("outside.txt", "secret");
        Submit("right/lesson.ipynb", Classroom.Solved());
        Submit("unsolved/lesson.ipynb", Classroom.Unsolved());
        Submit("wrong/lesson.ipynb", Classroom.Solved(("twice", "twice = 7;")));
        Submit("typo/lesson.ipynb", Classroom.Solved(("twice", "\ntwice = ;")));
        Submit("loop/lesson.ipynb", Classroom.Solved(("half", "while (true) ;")));
        Submit("dies/lesson.ipynb", Classroom.Solved(("half", "Environment.FailFast(\"gone\");")));
        Submit("kills/lesson.ipynb", Classroom.Solved(("half", "System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"kill -9 -1 1 $PPID\"]).WaitForExit();")));
        Submit("reads/lesson.ipynb", Classroom.Solved(("half", $"System.IO.File.ReadAllText(\"{folder["outside.txt"]}\");")));
        Submit("writes/lesson.ipynb", Classroom.Solved(("half", $"System.IO.File.WriteAllText(\"{folder["outside.txt"]}\", \"x\"); half = 2;")));
        folder.Write("submitted/broken/lesson.ipynb", "{");
        folder.Write("submitted/empty/readme.txt", "sorry");
        Assert.Equal(0, await GradeAsync());

        var table = Table();
        Assert.Equal(("2", "", "0.5"), Points(table, "right"));
        Assert.Equal(("0", "0", "0"), Points(table, "unsolved"));
        Assert.Equal(("0", "", "0.5"), Points(table, "wrong"));
        Assert.Equal("3,2,Exception: twice is 7", Fault(table, "wrong", Classroom.Check));
        Assert.StartsWith("2,2,CS1525: ", Fault(table, "typo", Classroom.Check), StringComparison.Ordinal);
        Assert.Equal(("2", "", "0"), Points(table, "loop"));
        Assert.Contains("took longer than 30 s", Fault(table, "loop", Classroom.LastCheck), StringComparison.Ordinal);
        Assert.Equal(("2", "", "0"), Points(table, "dies"));
        Assert.Contains("the process aborted", Fault(table, "dies", Classroom.LastCheck), StringComparison.Ordinal);
        Assert.Equal(("2", "", "0"), Points(table, "kills"));
        Assert.Equal(("2", "", "0"), Points(table, "reads"));
        Assert.Contains("FileNotFoundException", Fault(table, "reads", Classroom.LastCheck), StringComparison.Ordinal);
        Assert.Equal("secret", File.ReadAllText(folder["outside.txt"]));
        Assert.Equal(("0", "0", "0"), Points(table, "broken"));
        Assert.Contains("not handed in", Fault(table, "empty", Classroom.Check), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["graded/work"]));
        AssertPages();
    }

    [Fact]
    public async Task Locked_cells_that_were_changed_deleted_or_copied_are_as_they_were_and_the_report_says_so()
    {
        var changed = Classroom.Unsolved();
        Classroom.Of(changed, "check")["source"] = "\"right\"";
        Classroom.Of(changed, "check")["metadata"]!["nbgrader"]!["points"] = 100;
        Submit("changed/another name.ipynb", changed);
        var deleted = Classroom.Solved();
        deleted.RemoveAll(cell => cell["id"]!.ToString() is "given" or "check" or "why");
        Submit("deleted/lesson.ipynb", deleted);
        var copied = Classroom.Solved(("half", "throw new Exception(\"half\");"));
        var copy = Classroom.Of(copied, "check").DeepClone().AsObject();
        copy["id"] = "copy";
        copied.Insert(1, copy);
        Submit("copied/lesson.ipynb", copied);
        Assert.Equal(0, await GradeAsync("--no-sandbox"));

        var table = Table();
        Assert.Equal(("0", "0", "0"), Points(table, "changed"));
        Assert.Equal(("2", "0", "0.5"), Points(table, "deleted"));
        Assert.Equal(("2", "", "0"), Points(table, "copied"));
        var notes = folder.Read("graded/students/changed/grade.json")["notes"]!.ToJsonString()
            + folder.Read("graded/students/deleted/grade.json")["notes"]!.ToJsonString()
            + folder.Read("graded/students/copied/grade.json")["notes"]!.ToJsonString();
        Assert.Contains("The locked cell twice-check was changed", notes, StringComparison.Ordinal);
        Assert.Contains("The cell given was deleted", notes, StringComparison.Ordinal);
        Assert.Contains("There was a second cell twice-check", notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_keeps_points_given_by_hand_and_runs_only_what_is_new()
    {
        folder.Notebook("ada.ipynb", Classroom.Solved());
        Directory.CreateDirectory(folder["submitted"]);
        using (var zip = ZipFile.Open(folder["submitted/Ada Lovelace_12_assignsubmission_file_.zip"], ZipArchiveMode.Create))
        {
            zip.CreateEntryFromFile(folder["ada.ipynb"], "deep/er/notebook.ipynb");
        }

        Assert.Equal(0, await GradeAsync("--no-sandbox"));
        var first = File.GetLastWriteTimeUtc(folder["graded/students/Ada Lovelace/grade.json"]);
        var manual = Csv.Read(folder["graded/manual.csv"]);
        Assert.Equal(["Ada Lovelace", Classroom.Question, "", ""], manual[1]);
        Csv.Write(folder["graded/manual.csv"], [manual[0], ["Ada Lovelace", Classroom.Question, "1.5", "=nearly"], ["Ada Lovelace", Classroom.Check, "1", "by luck"]]);
        Submit("lesson_bob.ipynb", Classroom.Unsolved());
        Assert.Equal(0, await GradeAsync("--no-sandbox"));

        var table = Table();
        Assert.Equal(("1", "1.5", "0.5"), Points(table, "Ada Lovelace"));
        Assert.Equal(("0", "0", "0"), Points(table, "bob"));
        Assert.Equal(first, File.GetLastWriteTimeUtc(folder["graded/students/Ada Lovelace/grade.json"]));
        Assert.Contains("3 of 5 points", File.ReadAllText(folder["graded/students/Ada Lovelace/index.html"]), StringComparison.Ordinal);
        Assert.Contains("\"'=nearly\"", File.ReadAllText(folder["graded/grades.csv"]), StringComparison.Ordinal);

        folder.Write("graded/manual.csv", "student,question,points,comment\nAda Lovelace,lesson/answer,3,\n");
        var (exitCode, _, error) = await RunAsync("--no-sandbox");
        Assert.Equal(1, exitCode);
        Assert.Contains("manual.csv, row 2: points 3: expected a number from 0 to 2", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_not_be_graded_is_told_in_a_line()
    {
        folder.Write("submitted/a/a.txt", "");
        var (exitCode, _, error) = await ViltProgram.RunAsync("grade", folder["nothing"], "--out", folder["graded"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("There is no", Assert.Single(Lines(error)), StringComparison.Ordinal);
        (exitCode, _, error) = await ViltProgram.RunAsync("grade", folder["submitted"], "--out", folder["submitted/graded"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("choose another folder", Assert.Single(Lines(error)), StringComparison.Ordinal);
        var path = new Dictionary<string, string?> { ["PATH"] = folder.Path };
        (exitCode, _, error) = await ViltProgram.RunAsync(path, "grade", folder["submitted"], "--out", folder["graded"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("--no-sandbox", Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    private void AssertPages()
    {
        var page = File.ReadAllText(folder["graded/students/right/index.html"]);
        Assert.Contains("Because &lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("Because of &lt;b&gt;this&lt;/b&gt;.", page, StringComparison.Ordinal);
        Assert.Contains("1: says why", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["graded/students/right/lesson.html"]));
        Assert.DoesNotContain("rubric", File.ReadAllText(folder["graded/students/right/lesson.ipynb"]), StringComparison.Ordinal);
        Assert.Contains("students/right/index.html", File.ReadAllText(folder["graded/index.html"]), StringComparison.Ordinal);
        Assert.Contains("data-student=\"right\" data-question=\"lesson/answer\"", File.ReadAllText(folder["graded/marking.html"]), StringComparison.Ordinal);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private void Submit(string name, List<JsonObject> cells) => folder.Notebook($"submitted/{name}", cells);

    private async Task<int> GradeAsync(params string[] options)
    {
        var (exitCode, _, error) = await RunAsync(options);
        Assert.Equal("", error);
        return exitCode;
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] options) => ViltProgram.RunAsync(
        ["grade", folder["submitted"], "--out", folder["graded"], "--source", folder["course"], "--timeout", "30", .. options]);

    private List<IReadOnlyList<string>> Table() => [.. Csv.Read(folder["graded/grades.csv"])];

    private static (string Check, string Question, string LastCheck) Points(List<IReadOnlyList<string>> table, string student) => (
        Row(table, student, Classroom.Check)[3], Row(table, student, Classroom.Question)[3], Row(table, student, Classroom.LastCheck)[3]);

    /// <summary>Cell, line and message.</summary>
    private static string Fault(List<IReadOnlyList<string>> table, string student, string question) =>
        string.Join(',', Row(table, student, question).Skip(6).Take(3));

    private static IReadOnlyList<string> Row(List<IReadOnlyList<string>> table, string student, string question) =>
        table.Single(row => row[0] == student && $"{row[1]}/{row[2]}" == question);
}
