using System.Text.Json;
using System.Text.Unicode;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Running;

/// <summary>Events as lines of JSON, in a pipe that nothing else is printed to.</summary>
internal sealed class EventStream(Stream output)
{
    /// <summary>The deepest that an output's JSON may be nested.</summary>
    private const int Depth = 512;

    private static readonly JsonSerializerOptions Format = new() { MaxDepth = Depth };

    private readonly Lock gate = new();

    /// <summary>Reports an event.</summary>
    public void Write(CellEvent cellEvent)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(cellEvent, Format);
        lock (gate)
        {
            output.Write([.. line, (byte)'\n']);
            output.Flush();
        }
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="BadEventException">It is not an event.</exception>
    public static CellEvent Read(ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span))
        {
            throw new BadEventException("it is not in UTF-8");
        }

        try
        {
            return JsonSerializer.Deserialize<CellEvent>(LooseJson.Mend(line).Span, Format) ?? throw new BadEventException("it is null");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new BadEventException("it is not JSON of a known kind");
        }
    }
}

/// <summary>What came from a notebook's process can't be an event: the cell's code wrote it, or broke the process.</summary>
/// <param name="problem">What is wrong with it.</param>
internal sealed class BadEventException(string problem) : Exception(problem);
