using System.Text;

namespace Vilt.Kernel.Display;

/// <summary>
/// Brings what one cell puts out into order: console text is gathered for a moment, and never overtaken by a display.
/// A task that a cell left running still puts out as that cell.
/// </summary>
internal sealed class CellOutputs(string cell, SharedParts parts, Action<CellOutput> emit)
{
    private const int LargestText = 64 * 1024;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(40);
    private static readonly AsyncLocal<CellOutputs?> Local = new();

    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private string stream = "";

    /// <summary>The outputs of the cell that the calling code belongs to, also across awaits and tasks.</summary>
    public static CellOutputs? Current
    {
        get => Local.Value;
        set => Local.Value = value;
    }

    /// <summary>The same, where there must be one.</summary>
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

            if (text.Length == 0)
            {
                _ = Task.Delay(Delay).ContinueWith(_ => Flush(), TaskScheduler.Default);
            }

            text.Append(written);
            if (text.Length >= LargestText)
            {
                Flush();
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
            if (text.Length == 0)
            {
                return;
            }

            var output = new StreamOutput(stream, text.ToString());
            text.Clear();
            emit(output);
        }
    }
}
