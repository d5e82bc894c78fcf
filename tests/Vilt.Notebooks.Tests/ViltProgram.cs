using System.Diagnostics;

namespace Vilt.Notebooks.Tests;

/// <summary>Runs the real program.</summary>
public static class ViltProgram
{
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "Vilt.Notebooks");

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    public static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(Path, arguments)
    {
        RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
    })!;
}
