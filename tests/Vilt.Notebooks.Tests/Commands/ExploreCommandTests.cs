using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Vilt.Kernel.Tests.Supervision;

namespace Vilt.Notebooks.Tests.Commands;

public sealed class ExploreCommandTests : IDisposable
{
    private readonly TestFolder folder = new();

    public ExploreCommandTests() => Scenes.Zoo.Draw(folder["zoo"], pictures: 2, seed: 1);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_port_in_use_is_told_with_what_to_do()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (exitCode, _, error) = await ViltProgram.RunAsync("explore", "--data", folder["zoo"], "--no-browser", "--port", $"{port}");
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"Port {port} is in use", error, StringComparison.Ordinal);
        Assert.Contains("--port", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_of_nothing_are_told()
    {
        var (exitCode, _, error) = await ViltProgram.RunAsync("explore", "--data", folder["zoo"], "--no-browser", "--port", "0", "--results", folder["none"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("vilt predict", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_at_once_by_a_signal_and_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Signals are Unix's.");
        Assert.SkipWhen(IgnoredSignals.Has(2), "This program ignores INT, as a shell starts one in the background, and so does what it starts.");
        var temporary = Directory.CreateDirectory(folder["tmp"]).FullName;
        using var process = ViltProgram.Start(
            new Dictionary<string, string?> { ["TMPDIR"] = temporary }, "explore", "--data", folder["zoo"], "--no-browser", "--port", "0");
        var address = (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(' ')[^1];
        using var http = new HttpClient();
        Assert.Contains("ViLT", await http.GetStringAsync(new Uri(address), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetDirectories(temporary, "vilt-explore-*"));
        Process.Start("kill", ["-INT", $"{process.Id}"])!.Dispose();
        var watch = Stopwatch.StartNew();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.Empty(Directory.GetDirectories(temporary, "vilt-explore-*"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}"); // far from the patience of signals
    }

    [Fact]
    public async Task It_ends_with_the_one_who_started_it()
    {
        using var process = ViltProgram.Start("explore", "--data", folder["zoo"], "--no-browser", "--port", "0", "--with-parent");
        Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
