using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Vilt.Notebooks.Tests.Browser;

/// <summary>A JupyterLab of its own, with settings, trust and kernels in a folder of its own, and this build's kernel in it.</summary>
internal sealed partial class JupyterServer : IAsyncDisposable
{
    private readonly TestFolder home = new();
    private readonly string jupyter;
    private Process? server;

    private JupyterServer(string jupyter) => this.jupyter = jupyter;

    /// <summary>Where it is, with a slash at the end.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts the server, or skips the test where there is no JupyterLab.</summary>
    /// <param name="folder">What it serves.</param>
    public static async Task<JupyterServer> StartAsync(string folder)
    {
        // Not every jupyter has a JupyterLab, whose own program lies beside it.
        var lab = ProgramOnPath.FindOrSkip("jupyter-lab", "VILT_JUPYTER", "Python's pip install jupyterlab brings it.");
        var jupyter = new JupyterServer(Path.Combine(Path.GetDirectoryName(lab)!, "jupyter"));
        var (exitCode, _, error) = await ViltProgram.RunAsync("kernel", "install", "--prefix", jupyter.home.Path);
        Assert.True(exitCode == 0, error);
        jupyter.Set("apputils-extension/notification", """{"fetchNews": "false"}"""); // Else a question covers a part of the page.
        jupyter.Set("completer-extension/manager", """{"providerTimeout": 300000}"""); // On a busy machine a second may be too short.
        try
        {
            await jupyter.ServeAsync(folder);
            return jupyter;
        }
        catch
        {
            await jupyter.DisposeAsync();
            throw;
        }
    }

    /// <summary>Marks a notebook as one that its reader trusts, so that its scripts run.</summary>
    public Task TrustAsync(string notebook) => RunAsync("trust", notebook);

    /// <summary>Runs a command of Jupyter to its end.</summary>
    public async Task RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, error);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }

        home.Dispose();
    }

    private void Set(string plugin, string settings) => home.Write($"settings/@jupyterlab/{plugin}.jupyterlab-settings", settings);

    private async Task ServeAsync(string folder)
    {
        server = Start(
            "lab", "--no-browser", "--allow-root", "--expose-app-in-browser", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0",
            $"--ServerApp.root_dir={folder}", "--IdentityProvider.token=",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate");
        List<string> lines = [];
        while (await server.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (Address().Match(line) is { Success: true } match)
            {
                Url = match.Groups["url"].Value;
                await ListeningAsync(server);
                _ = server.StandardError.ReadToEndAsync(CancellationToken.None); // Or the pipe fills, and the server waits for good.
                return;
            }
        }

        Assert.Fail(string.Join('\n', lines));
    }

    /// <summary>It tells its address before it listens there.</summary>
    private async Task ListeningAsync(Process server)
    {
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(Url + "api", TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException)
            {
                Assert.False(server.HasExited, "JupyterLab has ended.");
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(jupyter, arguments) { RedirectStandardError = true };
        start.Environment["JUPYTER_DATA_DIR"] = home["share/jupyter"];
        start.Environment["JUPYTER_CONFIG_DIR"] = home["config"];
        start.Environment["JUPYTER_RUNTIME_DIR"] = home["runtime"];
        start.Environment["JUPYTERLAB_SETTINGS_DIR"] = home["settings"];
        start.Environment["JUPYTERLAB_WORKSPACES_DIR"] = home["workspaces"];
        // `jupyter lab` finds its subcommands on the PATH.
        start.Environment["PATH"] = Path.GetDirectoryName(jupyter) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"(?<url>http://127\.0\.0\.1:\d+/)lab")]
    private static partial Regex Address();
}
