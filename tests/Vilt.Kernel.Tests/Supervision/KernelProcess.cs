using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Vilt.Kernel.Tests.Wire;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Tests.Supervision;

/// <summary>The program as front ends start it, with a connection file.</summary>
internal sealed class KernelProcess : IDisposable
{
    private const string ConnectionFileArgument = "{connection_file}";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Vilt.Kernel");
    private readonly string file = Path.GetTempFileName();
    private readonly string folder;
    private readonly IReadOnlyDictionary<string, string?> environment;
    private readonly string[] command;
    private readonly ConcurrentQueue<string> log = new();
    private Process process;

    /// <param name="launcher">A program that starts the kernel; by default the tests do.</param>
    public KernelProcess(params string[] launcher)
        : this(Environment.CurrentDirectory, launcher)
    {
    }

    /// <param name="folder">The folder that it starts in.</param>
    /// <param name="launcher">A program that starts the kernel.</param>
    public KernelProcess(string folder, string[] launcher)
        : this([.. launcher, Program, "run", ConnectionFileArgument], folder, new Dictionary<string, string?>())
    {
    }

    /// <param name="command">What starts the kernel, as a kernel spec has it.</param>
    /// <param name="folder">The folder that it starts in.</param>
    /// <param name="environment">Variables to set, or to unset where they are null.</param>
    public KernelProcess(IReadOnlyList<string> command, string folder, IReadOnlyDictionary<string, string?> environment)
    {
        (this.folder, this.environment) = (folder, environment);
        this.command = [.. command.Select(argument => argument == ConnectionFileArgument ? file : argument)];
        Connection = Ports.Connection();
        var json = new JsonObject
        {
            ["shell_port"] = Connection.ShellPort,
            ["iopub_port"] = Connection.IopubPort,
            ["stdin_port"] = Connection.StdinPort,
            ["control_port"] = Connection.ControlPort,
            ["hb_port"] = Connection.HeartbeatPort,
            ["key"] = Connection.Key,
        };
        File.WriteAllText(file, json.ToJsonString());
        process = Start();
        Client = Connect();
    }

    public ConnectionFile Connection { get; }

    public KernelClient Client { get; private set; }

    public int Id => process.Id;

    /// <summary>Waits for the end and gives the exit code and what was logged.</summary>
    public async Task<(int ExitCode, string Log)> EndAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, string.Concat(log.Select(line => line + "\n")));
    }

    /// <summary>Asks for the end and starts anew on the same ports, as front ends restart kernels.</summary>
    public async Task RestartAsync()
    {
        var id = Client.Send(Client.Control, "shutdown_request", new() { ["restart"] = true });
        Client.Reply(Client.Control, id);
        Assert.Equal(0, (await EndAsync()).ExitCode);
        Client.Dispose();
        process.Dispose();
        process = Start();
        Client = Connect();
    }

    /// <summary>Sends a signal by name to a process.</summary>
    public static void Signal(int id, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{id}"]);
        kill.WaitForExit();
    }

    public static async Task AssertEndsAsync(int id)
    {
        try
        {
            using var other = Process.GetProcessById(id);
            await other.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1));
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        process.Kill(entireProcessTree: true);
        process.Dispose();
        File.Delete(file);
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        log.Clear();
        var started = new Process { StartInfo = start };
        started.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                log.Enqueue(text);
            }
        };
        started.Start();
        started.BeginErrorReadLine();
        return started;
    }

    private KernelClient Connect() => new(Connection, log: Described);

    private string Described() => (process.HasExited ? $"It exited with {process.ExitCode}. " : "") + string.Join('\n', log);
}
