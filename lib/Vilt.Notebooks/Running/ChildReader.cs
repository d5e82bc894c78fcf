namespace Vilt.Notebooks.Running;

/// <summary>Reads what a notebook's process reports about its cells and what else it prints.</summary>
/// <param name="child">The process.</param>
/// <param name="printed">Takes what it prints.</param>
/// <param name="follow">Takes each event and its size in bytes.</param>
/// <param name="leaveOut">Takes the size in bytes of an event that is too large to be read.</param>
internal sealed class ChildReader(ChildProcess child, PrintedText printed, Action<CellEvent, long> follow, Action<long> leaveOut)
{
    private const int LargestEvent = 64 << 20;

    /// <summary>How long what a dead process has printed may still take to arrive.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Reads until the process ends. A process that a cell started may hold the pipes open for longer.</summary>
    /// <exception cref="BadEventException">An event cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public async Task ReadToEndAsync(CancellationToken stop)
    {
        var events = ReadEventsAsync(stop);
        var reading = Task.WhenAll(
            events,
            printed.ReadAsync(child.Process.StandardOutput.BaseStream, stop),
            printed.ReadAsync(child.Process.StandardError.BaseStream, stop));
        var end = child.Process.WaitForExitAsync(stop);
        if (await Task.WhenAny(events, end) == events)
        {
            await events; // A bad event stops the run at once.
        }

        await Task.WhenAny(reading, end);
        stop.ThrowIfCancellationRequested();
        await Task.WhenAny(reading, Task.Delay(LastWords, stop));
        if (events.IsCompleted)
        {
            await events;
        }
    }

    private async Task ReadEventsAsync(CancellationToken stop)
    {
        var reader = new LineReader(child.Events, LargestEvent);
        while (await reader.ReadAsync(stop) is { } line)
        {
            if (line.LeftOut > 0)
            {
                leaveOut(line.Bytes.Length + line.LeftOut);
                continue;
            }

            try
            {
                follow(EventStream.Read(line.Bytes), line.Bytes.Length);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FormatException)
            {
                throw new BadEventException(exception.Message); // From System.Text.Json, for a value of another kind than expected.
            }
        }
    }
}
