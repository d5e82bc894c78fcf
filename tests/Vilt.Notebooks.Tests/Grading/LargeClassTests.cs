using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Vilt.Notebooks.Grading;
using Vilt.Notebooks.Running;
using Vilt.Notebooks.Tests.Students;

namespace Vilt.Notebooks.Tests.Grading;

/// <summary>A large class is graded, whatever its notebooks do.</summary>
public sealed class LargeClassTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public LargeClassTests()
    {
        listener.Start();
        folder.Write("outside/secret.txt", "secret");
    }

    public void Dispose()
    {
        listener.Dispose();
        folder.Dispose();
    }

    /// <summary>Eighteen on a short notebook take minutes, all thirty on the whole one half an hour: <c>VILT_CLASS=1</c>.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Submissions_are_graded_and_nothing_outside_is_touched(bool whole)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("VILT_CLASS") is null, "Takes long; set VILT_CLASS to run it.");
        Assert.SkipWhen(Sandbox.Problem() is not null, Sandbox.Problem() ?? "");
        var attempts = Attempts().Where(attempt => whole || !attempt.IsOneOfMany).ToList();
        var source = new LargeClass(folder).Source(whole);
        Assert.Equal(0, (await ViltProgram.RunAsync("student", source, "--out", folder["class"])).ExitCode);
        attempts.ForEach(attempt => new LargeClass(folder).HandIn(folder["class/05-explain-the-answers.ipynb"], attempt, $"submitted/{attempt.Student}/{attempt.File}"));
        var before = Files();

        var (exitCode, _, error) = await ViltProgram.RunAsync(
            "grade", folder["submitted"], "--source", source, "--out", folder["graded"], "--timeout", whole ? "60" : "30");
        Assert.Equal((0, ""), (exitCode, error));
        var table = Csv.Read(folder["graded/grades.csv"]);
        Assert.Multiple([.. attempts.Select(attempt => (Action)(() => AssertGraded(attempt, table)))]);
        Assert.Equal(before, Files());
        Assert.False(listener.Pending());
    }

    /// <summary>nbgrader runs them without a sandbox, so those that would do harm are left out.</summary>
    [Fact]
    public async Task Nbgrader_gives_the_same_points()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("VILT_CLASS") is null, "Takes long; set VILT_CLASS to run it.");
        var nbgrader = new Nbgrader(folder);
        var attempts = Attempts().Where(attempt => !attempt.NeedsSandbox).ToList();
        Assert.Equal(0, (await ViltProgram.RunAsync("student", new LargeClass(folder).Source(whole: false), "--nbgrader", "--out", folder["course"])).ExitCode);
        await nbgrader.InstallKernelAsync();
        await nbgrader.RunAsync("generate_assignment", "vilt");
        const string Name = "vilt/05-explain-the-answers.ipynb";
        attempts.ForEach(attempt => new LargeClass(folder).HandIn(folder[$"course/release/{Name}"], attempt, $"course/submitted/{attempt.Student}/{Name}"));
        await nbgrader.RunAsync("autograde", "vilt", "--Execute.timeout=60");
        await nbgrader.RunAsync("generate_feedback", "vilt");
        await nbgrader.RunAsync("export");
        Assert.Equal(
            attempts.Select(attempt => (attempt.Student, attempt.Attr + attempt.Completeness)).Order(),
            nbgrader.Points().Select(student => (student.Key, student.Value)).Order());
        Assert.Equal(attempts.Count, Directory.GetFiles(folder["course/feedback"], "*.html", SearchOption.AllDirectories).Length);
    }

    private List<Attempt> Attempts() =>
        [.. Attempt.Right, .. Attempt.Wrong, .. Attempt.Hostile(folder["outside"], ((IPEndPoint)listener.LocalEndpoint).Port)];

    private void AssertGraded(Attempt attempt, IReadOnlyList<IReadOnlyList<string>> table)
    {
        IReadOnlyList<string> Row(string question) => table.Single(row => row[0] == attempt.Student && row[2] == question);
        double Points(string question) => double.Parse(Row(question)[3], CultureInfo.InvariantCulture);
        Assert.Equal((attempt.Student, attempt.Attr, attempt.Completeness), (attempt.Student, Points("attr-check"), Points("completeness-check")));
        var notes = folder.Read($"graded/students/{attempt.Student}/grade.json")["notes"]!.ToJsonString();
        Assert.True(attempt.Note.Length == 0 ? notes == "[]" : notes.Contains(attempt.Note, StringComparison.Ordinal), $"{attempt.Student}: {notes}");
        if (attempt.Says.Length > 0)
        {
            Assert.Contains(attempt.Says, Row(attempt.Attr == 0 ? "attr-check" : "completeness-check")[8], StringComparison.Ordinal);
        }
    }

    /// <summary>What is there, results aside, with its content.</summary>
    private List<(string Path, string Content)> Files() =>
        [.. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(folder["graded"], StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => (file, File.ReadAllText(file)))];
}
