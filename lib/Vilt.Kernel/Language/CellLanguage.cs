using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Vilt.Kernel.Display;
using Vilt.Kernel.Magics;

namespace Vilt.Kernel.Language;

/// <summary>
/// Helps to write a cell: completion, hover and signature help. It knows what the cells so far declared, used and referred to, stays off
/// the cells' thread, and answers while a cell runs. Positions count UTF-16 units; one outside the code means its nearest end.
/// </summary>
public sealed class CellLanguage : IDisposable
{
    private const string Call = "Console.WriteLine(Math.Max(1, ", Value = "\"\".";
    private const int Word = 11; // behind Console.Wri

    private readonly string folder;
    private readonly Lazy<Task<SessionWorkspace>> workspace; // made for half a second, in which nobody blocks a thread of the pool

    /// <param name="folder">Where relative <c>#r "path.dll"</c> start.</param>
    /// <param name="lastRun">Gives the submission that ran last, or null before the first; called on any thread.</param>
    internal CellLanguage(string folder, Func<Compilation?> lastRun)
    {
        this.folder = folder;
        workspace = new(() => Task.Run(() => new SessionWorkspace(folder, lastRun)));
    }

    /// <summary>Finds what can stand at a position.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="position">The cursor.</param>
    /// <param name="cancellation">Cancels the request.</param>
    /// <returns>The choices; with a word before the cursor, those that begin as it does, or that its capitals stand for.</returns>
    /// <exception cref="OperationCanceledException">The request was canceled.</exception>
    public Task<Completions> CompleteAsync(string code, int position, CancellationToken cancellation = default)
    {
        var cursor = Math.Clamp(position, 0, code.Length);
        return MagicCompletion.Find(folder, code, cursor) is { } found ? Task.FromResult(found) : Task.Run(
            async () => await CodeCompletion.FindAsync(await OpenAsync(code, cancellation), cursor, cancellation), cancellation);
    }

    /// <summary>
    /// Describes the name at a position or, where there is none, the call whose argument list the position is in: each overload, and the
    /// documentation of the one that fits so far.
    /// </summary>
    /// <param name="code">The cell.</param>
    /// <param name="position">The cursor.</param>
    /// <param name="detail">0 for a short description; 1 adds remarks and the like.</param>
    /// <param name="cancellation">Cancels the request.</param>
    /// <returns>Plain text and Markdown, or null where there is nothing to describe.</returns>
    /// <exception cref="OperationCanceledException">The request was canceled.</exception>
    public Task<MimeBundle?> InspectAsync(string code, int position, int detail, CancellationToken cancellation = default)
    {
        var cursor = Math.Clamp(position, 0, code.Length);
        return MagicCompletion.Explain(code, cursor) is { } help
            ? Task.FromResult<MimeBundle?>(MimeBundle.As([KeyValuePair.Create("text/plain", help), KeyValuePair.Create("text/markdown", help)]))
            : Task.Run(
                async () => await Inspection.FindAsync(await OpenAsync(code, cancellation), cursor, detail, cancellation), cancellation);
    }

    /// <summary>Says whether code is a whole cell.</summary>
    /// <param name="code">What was typed so far.</param>
    [SuppressMessage("Performance", "CA1822", Justification = "Asked of the language like everything else.")]
    public CodeStatus IsComplete(string code) => CodeCompleteness.Of(CellParts.OnlyCode(code));

    /// <summary>Builds the code model, and compiles what every completion needs: a second at the start.</summary>
    public Task BeginAsync() => CompleteAsync(Call, Word);

    /// <summary>Compiles what the next completion, hover and signature help need, which takes longest after a cell with new references.</summary>
    /// <param name="cancellation">Cancels the request.</param>
    /// <exception cref="OperationCanceledException">The request was canceled.</exception>
    public async Task WarmUpAsync(CancellationToken cancellation = default)
    {
        await CompleteAsync(Call, Word, cancellation).ConfigureAwait(false);
        await InspectAsync(Call, Word, 0, cancellation).ConfigureAwait(false);
        await InspectAsync(Call, Call.Length, 0, cancellation).ConfigureAwait(false);
        await CompleteAsync(Value, Value.Length, cancellation).ConfigureAwait(false);
    }

    /// <summary>Frees the memory of the code model.</summary>
    public void Dispose()
    {
        if (workspace is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            workspace.Value.Result.Dispose();
        }
    }

    private async Task<Document> OpenAsync(string code, CancellationToken cancellation) =>
        await (await workspace.Value.WaitAsync(cancellation)).OpenAsync(CellParts.OnlyCode(code), cancellation);
}
