using System.Diagnostics;
using System.Globalization;
using Vilt.Notebooks.Grading;
using Vilt.Notebooks.Tests.Browser;

namespace Vilt.Notebooks.Tests.Students;

/// <summary>nbgrader's commands, in the folder <c>course</c>, with the C# kernel.</summary>
internal sealed class Nbgrader(TestFolder folder)
{
    private readonly string program = ProgramOnPath.FindOrSkip("nbgrader", "VILT_NBGRADER", "Python's pip install nbgrader brings it.");

    public async Task InstallKernelAsync() =>
        Assert.Equal(0, (await ViltProgram.RunAsync("kernel", "install", "--prefix", folder["home"])).ExitCode);

    public async Task RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', arguments)}: {error}{await output}");
    }

    /// <summary>The points of each student, after <c>export</c>.</summary>
    public Dictionary<string, double> Points()
    {
        var rows = Csv.Read(folder["course/grades.csv"]);
        var (student, score) = (rows[0].ToList().IndexOf("student_id"), rows[0].ToList().IndexOf("score"));
        return rows.Skip(1).ToDictionary(row => row[student], row => row[score].Length == 0 ? 0 : double.Parse(row[score], CultureInfo.InvariantCulture));
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder["course"] };
        start.Environment["JUPYTER_DATA_DIR"] = folder["home/share/jupyter"];
        start.Environment["JUPYTER_CONFIG_DIR"] = folder["home/config"];
        start.Environment["JUPYTER_RUNTIME_DIR"] = folder["home/runtime"];
        // nbgrader finds the programs that it starts on the PATH.
        start.Environment["PATH"] = Path.GetDirectoryName(program) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        return Process.Start(start)!;
    }
}
