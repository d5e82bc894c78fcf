using System.Text;
using System.Text.Json;

namespace Vilt.Notebooks.Running;

/// <summary>
/// Events as lines of JSON on standard output. Each starts with the record separator of RFC 7464, so that what native code
/// prints there in between can be told apart.
/// </summary>
internal sealed class EventStream(Stream output)
{
    private const char Separator = '\u001e';
    private readonly Lock gate = new();

    public void Write(CellEvent cellEvent)
    {
        var line = Encoding.UTF8.GetBytes(Separator + JsonSerializer.Serialize(cellEvent) + "\n");
        lock (gate)
        {
            output.Write(line);
            output.Flush();
        }
    }

    /// <summary>Takes a line apart.</summary>
    /// <param name="line">A line of the stream.</param>
    /// <returns>The event, if the line has one, and what something else printed before it.</returns>
    public static (CellEvent? Event, string Printed) Read(string line)
    {
        var start = line.IndexOf(Separator);
        if (start < 0)
        {
            return (null, line);
        }

        try
        {
            return (JsonSerializer.Deserialize<CellEvent>(line.AsSpan(start + 1)), line[..start]);
        }
        catch (JsonException)
        {
            return (null, line); // Printed into the middle of an event, or cut off with the process.
        }
    }
}
