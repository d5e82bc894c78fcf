using System.Diagnostics;
using Vilt.Kernel.Supervision;

namespace Vilt.Notebooks.Running;

/// <summary>
/// Writes a notebook's page in a process of its own. A notebook may contain anything, and parsers of C# and Markdown overflow the
/// stack on some of it, or take hours: that ends this process and not the run, and the page is written without parsing.
/// </summary>
internal static class PageProcess
{
    /// <summary>The command of this program that writes the page.</summary>
    public const string Command = "write-page";

    /// <summary>Shows code and Markdown as they are written.</summary>
    public const string Plain = "--plain";

    private const int LongestLine = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Writes the page.</summary>
    /// <param name="notebook">The executed notebook's file.</param>
    /// <param name="folder">Where its relative paths start.</param>
    /// <param name="page">The file to write.</param>
    /// <returns>Why there is no page, or null.</returns>
    public static async Task<string?> WriteAsync(string notebook, string folder, string page) =>
        await RunAsync(notebook, folder, page) is null ? null : await RunAsync(notebook, folder, page, Plain);

    private static async Task<string?> RunAsync(params string[] arguments)
    {
        var start = OwnProgram.CellsCommand([Command, .. arguments]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)
            ?? throw new InvalidOperationException("The process that writes the page did not start.");
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var printed = Task.WhenAll(
                FirstLineAsync(process.StandardError, patience.Token), FirstLineAsync(process.StandardOutput, patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? null : string.Concat(await printed) is { Length: > 0 } line ? line : $"exit code {process.ExitCode}";
        }
        catch (OperationCanceledException)
        {
            return $"it took longer than {Patience.TotalSeconds} s";
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string> FirstLineAsync(StreamReader output, CancellationToken stop)
    {
        var reader = new LineReader(output.BaseStream, LongestLine);
        var first = await reader.ReadAsync(stop) is { } line ? line.ToString() : "";
        while (await reader.ReadAsync(stop) is not null)
        {
            // A stack overflow prints the whole stack, and the pipe must not fill up.
        }

        return first;
    }
}
