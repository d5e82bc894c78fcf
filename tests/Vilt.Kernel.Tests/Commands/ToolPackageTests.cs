using System.Diagnostics;
using System.Text.Json.Nodes;
using Vilt.Kernel.Tests.Packages;
using Vilt.Kernel.Tests.Supervision;

namespace Vilt.Kernel.Tests.Commands;

/// <summary>The kernel as a .NET tool, for a user whose home is empty and who has no checkout.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tool").FullName;
    private readonly string home;
    private readonly Dictionary<string, string?> environment;

    public ToolPackageTests()
    {
        home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        environment = new()
        {
            ["HOME"] = home,
            ["DOTNET_CLI_HOME"] = home,
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["XDG_DATA_HOME"] = null,
            ["XDG_CONFIG_HOME"] = null,
            ["JUPYTER_DATA_DIR"] = null,
            ["JUPYTER_PATH"] = null,
            ["NUGET_PACKAGES"] = null,
        };
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_tool_from_a_folder_installs_a_kernel_that_runs_and_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "HOME is Unix's.");
        await RunAsync("dotnet", ["pack", Path.Combine(Checkout.Root, "lib", "Vilt.Kernel"), "-o", folder], new Dictionary<string, string?>());
        await RunAsync("dotnet", "tool", "install", "--global", "--add-source", folder, "--ignore-failed-sources", "Vilt.Kernel");
        var tool = Path.Combine(home, ".dotnet", "tools", "csharp-kernel");
        await RunAsync(tool, "install");
        Assert.Contains("* .net-csharp", await RunAsync(tool, "list"), StringComparison.Ordinal);
        var spec = Path.Combine(home, ".local", "share", "jupyter", "kernels", ".net-csharp");
        RunCells(Command(spec));
        await RunAsync(tool, "uninstall");
        Assert.False(Directory.Exists(spec));
        await RunAsync("dotnet", "tool", "uninstall", "--global", "Vilt.Kernel");
        Assert.False(Directory.Exists(Path.Combine(home, ".dotnet", "tools", ".store", "vilt.kernel")));
        Assert.Empty(Directory.GetFiles(home, "*Vilt.Kernel*", SearchOption.AllDirectories));
    }

    private static string[] Command(string spec) =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(spec, "kernel.json")))!["argv"]!.AsArray().Select(argument => argument!.ToString())];

    private void RunCells(string[] command)
    {
        using var feed = new PackageFeed();
        feed.Add("ToolZoo", "1.0.0", "public class Zebra { public int Legs => 4; }");
        using var kernel = new KernelProcess(command, feed.Notebooks, environment);
        Assert.Equal("2", kernel.Client.Execute("1 + 1").Value);
        Assert.Equal("4", kernel.Client.Execute("#r \"nuget: ToolZoo, 1.0.0\"\nnew Zebra().Legs").Value);
        var completion = kernel.Client.Ask("complete_request", new() { ["code"] = "new Zebra().Le", ["cursor_pos"] = 14 });
        Assert.Contains("Legs", completion.Reply.Content["matches"]!.AsArray().Select(match => match!.ToString()));
    }

    private Task<string> RunAsync(string program, params string[] arguments) => RunAsync(program, arguments, environment);

    private async Task<string> RunAsync(string program, string[] arguments, Dictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await output + await errors);
        return await output;
    }
}
