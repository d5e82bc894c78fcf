using System.Text.Json.Nodes;

namespace Vilt.Kernel.Tests.Supervision;

public sealed class DeathTests
{
    [Theory]
    [InlineData("Environment.FailFast(\"out of native luck\");", 134, "aborted", "out of native luck")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", 137, "was killed", "memory")]
    [InlineData("Environment.Exit(7);", 7, "exit code 7", "restart")]
    public async Task The_notebook_and_the_log_say_which_cell_the_kernel_died_of(string death, int exitCode, string how, string words)
    {
        using var kernel = new KernelProcess();
        Assert.Equal("2", kernel.Client.Execute("1 + 1").Value);
        var run = kernel.Client.Execute(death);
        Assert.Equal(["busy", "execute_input", "error", "idle"], run.Kinds);
        Assert.Equal(("error", "KernelDied"), (run.Reply.Status, run.Reply.Text("ename")));
        Assert.Contains($"{how}", run.Reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Contains("cell 2", run.Reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Contains(words, Traceback(run.Published[2].Content), StringComparison.OrdinalIgnoreCase);
        var (code, log) = await kernel.EndAsync();
        Assert.Equal(exitCode, code);
        Assert.Contains(how, log, StringComparison.Ordinal);
        Assert.Contains("cell 2", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shutting_down_is_no_death()
    {
        using var kernel = new KernelProcess();
        kernel.Client.Execute("AppDomain.CurrentDomain.ProcessExit += (_, _) => Environment.ExitCode = 3;");
        kernel.Client.Send(kernel.Client.Control, "shutdown_request", new() { ["restart"] = false });
        var (code, log) = await kernel.EndAsync();
        Assert.Equal((0, ""), (code, log));
    }

    [Fact]
    public async Task A_message_with_a_wrong_signature_is_dropped_and_logged()
    {
        using var kernel = new KernelProcess();
        using (var stranger = new Wire.KernelClient(kernel.Connection with { Key = "another key" }, welcomed: false))
        {
            stranger.SendExecute("Environment.Exit(9);");
            Assert.Equal("2", kernel.Client.Execute("1 + 1").Value);
        }

        kernel.Client.Send(kernel.Client.Control, "shutdown_request", new() { ["restart"] = false });
        var (code, log) = await kernel.EndAsync();
        Assert.Equal(0, code);
        Assert.Contains("its signature is wrong", log, StringComparison.Ordinal);
    }

    private static string Traceback(JsonNode content) => string.Join('\n', content["traceback"]!.AsArray());
}
