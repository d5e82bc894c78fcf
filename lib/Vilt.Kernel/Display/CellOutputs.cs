using System.Text;
using Vilt.Shared;

namespace Vilt.Kernel.Display;

/// <summary>
/// Keeps the outputs of one cell in order: console text is gathered for a moment, and a display never overtakes it.
/// A task that a cell left running still writes to that cell.
/// </summary>
internal sealed class CellOutputs(string cell, SharedParts parts, Action<CellOutput> emit)
{
    private const int LargestText = 64 * 1024;
    private const int MostWaits = 25; // About a second: by then the rest has come even on a busy machine.
    private const char Joiner = '\u200d';
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(40);
    private static readonly AsyncLocal<CellOutputs?> Local = new();

    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private string stream = "";
    private int held;
    private int waits;
    private bool willFlush;

    /// <summary>The outputs of the cell that the calling code belongs to, also across awaits and tasks.</summary>
    public static CellOutputs? Current
    {
        get => Local.Value;
        set => Local.Value = value;
    }

    /// <summary>The same, for code that must be part of a cell.</summary>
    public static CellOutputs Required =>
        Current ?? throw new InvalidOperationException("Nothing can be displayed here: no cell is running.");

    public void Write(string name, string written)
    {
        lock (gate)
        {
            if (name != stream)
            {
                Flush();
                stream = name;
            }

            FlushLater();
            text.Append(written);
            if (text.Length >= LargestText)
            {
                FlushWhole();
            }
        }
    }

    public void Display(MimeBundle bundle, string displayId) =>
        Send(new DisplayData(parts.Share(bundle, cell, displayId), displayId));

    public void Update(MimeBundle bundle, string displayId) =>
        Send(new UpdateDisplay(parts.Share(bundle, cell, displayId), displayId));

    public void Result(MimeBundle bundle) => Send(new ExecuteResult(parts.Share(bundle, cell, display: "result of " + cell)));

    public void Clear(bool wait)
    {
        parts.ForgetCell(cell);
        Send(new ClearOutput(wait));
    }

    public void Send(CellOutput output)
    {
        lock (gate)
        {
            Flush();
            emit(output);
        }
    }

    public void Flush()
    {
        lock (gate)
        {
            held = 0;
            Flush(kept: 0);
        }
    }

    /// <summary>
    /// Sends what was gathered, except a last character that more text may still complete: half a surrogate pair or an emoji that ends in a
    /// joiner is always kept back, another emoji or an accented letter for a moment.
    /// </summary>
    private void FlushWhole()
    {
        lock (gate)
        {
            var written = text.ToString();
            var last = Graphemes.LastStart(written);
            waits = written.Length > held ? MostWaits : waits - 1;
            var isOpen = waits > 0 && written.Length > 0 && !char.IsAscii(written[^1]);
            held = isOpen || written.Length >= LargestText || written.EndsWith(Joiner) ? written.Length - last
                : written.Length > 0 && char.IsHighSurrogate(written[^1]) ? 1
                : 0;
            Flush(held);
            if (isOpen)
            {
                FlushLater();
            }
        }
    }

    private void FlushLater()
    {
        if (!willFlush)
        {
            willFlush = true;
            _ = Task.Delay(Delay).ContinueWith(_ => FlushInTime(), TaskScheduler.Default);
        }
    }

    private void FlushInTime()
    {
        lock (gate)
        {
            willFlush = false;
            FlushWhole();
        }
    }

    private void Flush(int kept)
    {
        lock (gate)
        {
            if (text.Length == kept)
            {
                return;
            }

            var output = new StreamOutput(stream, text.ToString(0, text.Length - kept));
            text.Remove(0, text.Length - kept);
            emit(output);
        }
    }
}
