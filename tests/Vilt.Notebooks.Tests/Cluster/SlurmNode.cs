using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Tests.Cluster;

/// <summary>A Slurm of one node, of the machine's own programs, which ends with its jobs when this ends or the tests do.</summary>
internal sealed class SlurmNode : IAsyncDisposable
{
    private static readonly string[] Programs = ["slurmctld", "slurmd", "munged", "sbatch"];

    private readonly TestFolder folder = new();
    private readonly Dictionary<string, string?> environment;
    private readonly Process node;

    private SlurmNode(IReadOnlyDictionary<string, string?> environment)
    {
        this.environment = new(environment)
        {
            ["SLURM_CONF"] = folder["slurm.conf"],
            ["PATH"] = folder["bin"] + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
        };
        Directory.CreateDirectory(folder["bin"]);
        File.CreateSymbolicLink(folder["bin/vilt"], Path.Combine(AppContext.BaseDirectory, "Vilt.Notebooks"));
        using TcpListener controller = new(IPAddress.Loopback, 0), daemon = new(IPAddress.Loopback, 0);
        controller.Start();
        daemon.Start();
        string[] ports = [.. new[] { controller, daemon }.Select(listener => $"{((IPEndPoint)listener.LocalEndpoint).Port}")];
        var script = Path.Combine(Series.Root()!, "tests", "Vilt.Notebooks.Tests", "Cluster", "slurm-node.sh");
        node = Process.Start(new ProcessStartInfo("bash", [script, folder.Path, .. ports]) { RedirectStandardInput = true })!;
    }

    /// <summary>Starts it, or skips the test where there is no Slurm.</summary>
    /// <param name="environment">Variables for its jobs.</param>
    public static async Task<SlurmNode> StartAsync(IReadOnlyDictionary<string, string?> environment)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Slurm is Linux's.");
        string[] folders = [.. Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator), "/usr/sbin"];
        var missing = Programs.Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program))));
        Assert.SkipWhen(
            missing.Any(), $"There is no {string.Join(", ", missing)}. Debian's slurmctld, slurmd, slurm-client and munge bring them.");
        var slurm = new SlurmNode(environment);
        try
        {
            while ((await slurm.TryAsync("sinfo", "--noheader", "--format=%T")).Output != "idle")
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }

            return slurm;
        }
        catch
        {
            await slurm.DisposeAsync();
            throw;
        }
    }

    /// <summary>Submits the script for Slurm.</summary>
    /// <param name="arguments">The program's.</param>
    /// <returns>The job.</returns>
    public Task<string> SubmitAsync(params IEnumerable<string> arguments)
    {
        var script = Path.Combine(Series.Root()!, "lib", "Vilt.Notebooks", "Cluster", "vilt.sbatch");
        return RunAsync("sbatch", ["--parsable", $"--output={folder["task-%a.txt"]}", script, .. arguments]);
    }

    /// <summary>Waits until each task of a job has a state, and tells how often it was started again.</summary>
    /// <param name="job">The job, or one of its tasks.</param>
    /// <param name="state">The state.</param>
    public async Task<int[]> RestartsAsync(string job, string state)
    {
        while (true)
        {
            var tasks = await RunAsync(
                "squeue", "--noheader", "--array", "--states=all", $"--jobs={job}", "--Format=ArrayTaskID,State,RestartCnt");
            var lines = tasks.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            string[][] table = [.. lines.OrderBy(task => task[0], StringComparer.Ordinal)];
            Assert.All(table, task =>
                Assert.True(task[1] == state || task[1] is not ("COMPLETED" or "FAILED"), string.Join('\n', [tasks, .. Logs()])));
            if (table.All(task => task[1] == state))
            {
                return [.. table.Select(task => int.Parse(task[2], CultureInfo.InvariantCulture))];
            }

            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Runs a command of Slurm.</summary>
    public async Task<string> RunAsync(string command, params string[] arguments)
    {
        var (exitCode, output, error) = await TryAsync(command, arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        node.Dispose();
        folder.Dispose();
    }

    /// <summary>What each task wrote last.</summary>
    private IEnumerable<string> Logs() =>
        Directory.GetFiles(folder.Path, "task-*.txt").Select(log => $"{Path.GetFileName(log)}: {File.ReadLines(log).LastOrDefault()}");

    private async Task<(int ExitCode, string Output, string Error)> TryAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.Trim(), await error);
    }
}
