using System.Text.RegularExpressions;

namespace Vilt.Notebooks.Running;

/// <summary>
/// What a notebook's process prints outside its cells' outputs: native code, programs that a cell starts, the runtime's last words. It is
/// shown as far as it is meant for people, and its last lines are kept for the notice of a process that died.
/// </summary>
/// <param name="progress">Shows it.</param>
internal sealed partial class PrintedText(IRunProgress progress)
{
    private const int LongestLine = 2048;
    private const int MostLines = 500; // Of one notebook.
    private const int LinesKept = 20;

    private readonly Lock gate = new();
    private readonly Queue<string> last = new();
    private int lines;
    private long leftOut;

    /// <summary>Reads a stream to its end.</summary>
    public async Task ReadAsync(Stream stream, CancellationToken stop)
    {
        var reader = new LineReader(stream, LongestLine);
        while (await reader.ReadAsync(stop) is { } line)
        {
            Add(line);
        }
    }

    /// <summary>The last lines since <see cref="Forget"/>.</summary>
    public IReadOnlyList<string> Last()
    {
        lock (gate)
        {
            return [.. last];
        }
    }

    /// <summary>Forgets them, when a cell begins.</summary>
    public void Forget()
    {
        lock (gate)
        {
            last.Clear();
        }
    }

    /// <summary>Says at the end how much was not shown, or null if everything was.</summary>
    public string? Note()
    {
        lock (gate)
        {
            return leftOut > 0 ? $"{leftOut / 1e6:N1} MB more that its process printed was left out" : null;
        }
    }

    private void Add(ReceivedLine line)
    {
        var text = Controls().Replace(line.ToString(), "");
        lock (gate)
        {
            leftOut += line.LeftOut;
            if (text.Length == 0 || StackLine().IsMatch(text))
            {
                return; // A dying process's stack has none of the notebook's lines; the message came before it.
            }

            last.Enqueue(text);
            if (last.Count > LinesKept)
            {
                last.Dequeue();
            }

            if (++lines > MostLines)
            {
                leftOut += line.Bytes.Length;
                return;
            }
        }

        progress.Message(line.LeftOut > 0 ? text + "…" : text);
    }

    /// <summary>What would move a terminal's cursor, color its text or ring its bell.</summary>
    [GeneratedRegex(@"\x1b\[[\d;?]*[A-Za-z]|[\x00-\x08\x0a-\x1f\x7f-\x9f]")]
    private static partial Regex Controls();

    /// <summary>A line of .NET's or libtorch's stack traces.</summary>
    [GeneratedRegex(@"^(\s+at |frame #\d+: )")]
    private static partial Regex StackLine();
}
