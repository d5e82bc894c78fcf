using Vilt.Kernel.Display;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Magics;

/// <summary>Runs the parts of one cell in their order: its code by the engine, its magic commands here.</summary>
/// <param name="session">What magic commands keep from cell to cell.</param>
/// <param name="cell">The cell.</param>
/// <param name="outputs">Where it puts out.</param>
/// <param name="runCode">Runs code as this cell, or as a file that it imports.</param>
/// <param name="cancellation">Interrupts the cell.</param>
internal sealed class CellMagics(
    MagicSession session, Cell cell, CellOutputs outputs, Func<Cell, Task<CellError?>> runCode, CancellationToken cancellation)
{
    private const string ErrorName = "MagicCommand";
    private readonly List<Action> endings = [];

    public MagicSession Session => session;

    public Cell Cell => cell;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Runs a cell.</summary>
    /// <returns>What went wrong first, or null.</returns>
    public async Task<CellError?> RunAsync()
    {
        // Both flow into the commands, which ask and display as the cell does.
        CellOutputs.Current = outputs;
        CellInput.Current = cell.Input;
        var error = await RunAsync(cell).ConfigureAwait(false);
        endings.ForEach(end => end());
        return error;
    }

    /// <summary>Runs a cell, or a file that it imports as part of it.</summary>
    public async Task<CellError?> RunAsync(Cell part)
    {
        if (!TryPart(part, out var parts, out var error))
        {
            return error;
        }

        foreach (var next in parts)
        {
            error = next is MagicPart magic
                ? await RunAsync(part, magic).ConfigureAwait(false)
                : await runCode(part with { Code = ((CodePart)next).Code }).ConfigureAwait(false);
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>Runs code that a command makes.</summary>
    public async Task RunAsync(string code, MagicLine line)
    {
        if (await runCode(cell with { Code = new string('\n', line.Number - 1) + code }).ConfigureAwait(false) is { } error)
        {
            throw new CellCompilationException(error);
        }
    }

    /// <summary>Runs something when the cell has ended, even if it failed.</summary>
    public void AtEnd(Action end) => endings.Add(end);

    private static bool TryPart(Cell part, out IReadOnlyList<CellPart> parts, out CellError? error)
    {
        try
        {
            (parts, error) = (CellParts.Of(part.Code), null);
            return true;
        }
        catch (UnknownMagicException exception)
        {
            (parts, error) = ([], Fail(part, exception.Message, exception.Line));
            return false;
        }
    }

    private async Task<CellError?> RunAsync(Cell part, MagicPart magic)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var call = new MagicCall(magic, this);
            call.ReadOptions();
            await magic.Command.Run(call).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException)
        {
            return InterruptReport.Interrupted;
        }
        catch (CellCompilationException exception)
        {
            return exception.Error with { Line = magic.Line.Number };
        }
        catch (Exception exception) when (
            exception is MagicException or IOException or UnauthorizedAccessException or HttpRequestException or InvalidOperationException or FormattingException)
        {
            return Fail(part, exception.Message, magic.Line.Number);
        }
    }

    private static CellError Fail(Cell part, string message, int line) =>
        new(ErrorName, message, [$"{part.FileName}, line {line}: {message}"], line);
}
