namespace Vilt.Kernel.Supervision;

/// <summary>The last lines that a process wrote to its standard error. Of stack traces it keeps only the top of the first.</summary>
internal sealed class LastWords
{
    private const int MostLines = 20;
    private const int MostFrames = 3;

    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();
    private string rest = "";
    private int frames;

    public void Add(string text)
    {
        lock (gate)
        {
            var parts = (rest + text).Split('\n');
            rest = parts[^1];
            foreach (var line in parts[..^1])
            {
                AddLine(line.TrimEnd());
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            lines.Clear();
            (rest, frames) = ("", 0);
        }
    }

    public IReadOnlyList<string> Lines()
    {
        lock (gate)
        {
            return rest.Length > 0 ? [.. lines, rest] : [.. lines];
        }
    }

    private void AddLine(string line)
    {
        // .NET's frames begin "   at ", libtorch's "frame #3: ".
        var isFrame = line.StartsWith("   at ", StringComparison.Ordinal) || line.StartsWith("frame #", StringComparison.Ordinal);
        frames += isFrame ? 1 : 0;
        if (line.Length == 0 || (isFrame && frames > MostFrames))
        {
            return;
        }

        lines.Enqueue(line);
        if (lines.Count > MostLines)
        {
            lines.Dequeue();
        }
    }
}
