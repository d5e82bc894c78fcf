using System.Diagnostics;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Scripting;

public sealed class DeathWatchTests
{
    [Theory]
    [InlineData("Environment.FailFast(\"gone for good\");", "gone for good")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", "for want of memory")]
    public async Task The_cell_that_ran_and_the_cause_are_told_when_the_process_dies(string code, string cause)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Without /bin/sh nothing outlives the process.");
        var errors = await LastWordsAsync(code);
        Assert.Contains(cause, errors, StringComparison.Ordinal);
        Assert.Contains("died while cell 7 ran", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Environment.Exit(3);")]
    [InlineData("1 + 1;;")]
    public async Task Nothing_is_told_of_an_end_that_was_meant(string code) => Assert.Empty(await LastWordsAsync(code));

    [Fact]
    public async Task An_exception_on_a_thread_of_a_cell_is_told_there_and_the_next_cell_runs()
    {
        using var session = new Session();
        var outputs = await session.RunAsync(
            "var thread = new System.Threading.Thread(() => throw new InvalidOperationException(\"lost\"));\nthread.Start();\nthread.Join();");
        var stream = Assert.IsType<StreamOutput>(Assert.Single(outputs));
        Assert.StartsWith("An exception ended a thread that cell 1 started.", stream.Text, StringComparison.Ordinal);
        Assert.Contains("lost", stream.Text, StringComparison.Ordinal);
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task Running_out_of_managed_memory_is_an_error()
    {
        using var session = new Session();
        var error = await session.RunAsync<CellError>("new decimal[Array.MaxLength, 1 << 20].Length");
        Assert.Equal("OutOfMemoryException", error.Name);
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

    private static async Task<string> LastWordsAsync(string code)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(DeathWatchTests).Assembly.Location);
        }

        start.Environment[Deaths.Variable] = code;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return errors;
    }
}
