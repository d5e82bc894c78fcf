using System.Buffers;
using System.Text;

namespace Vilt.Notebooks.Running;

/// <summary>A line as it came, without its newline.</summary>
/// <param name="Bytes">Its beginning, as much as may be kept; holds until the next line is read.</param>
/// <param name="LeftOut">How many bytes followed.</param>
internal readonly record struct ReceivedLine(ReadOnlyMemory<byte> Bytes, long LeftOut)
{
    /// <summary>The line as text; bytes that are not UTF-8 become U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);
}

/// <summary>Reads lines of any length in bounded memory, and in time linear in their length.</summary>
/// <param name="stream">What to read.</param>
/// <param name="longest">The most bytes of a line that are kept.</param>
internal sealed class LineReader(Stream stream, int longest)
{
    private const int ChunkSize = 1 << 16;
    private readonly byte[] chunk = new byte[ChunkSize];
    private readonly ArrayBufferWriter<byte> line = new();
    private int start;
    private int end;

    /// <summary>Reads the next line; null at the end. A last line may lack its newline.</summary>
    public async ValueTask<ReceivedLine?> ReadAsync(CancellationToken cancellation)
    {
        line.ResetWrittenCount();
        var leftOut = 0L;
        while (true)
        {
            if (start == end)
            {
                (start, end) = (0, await stream.ReadAsync(chunk, cancellation));
                if (end == 0)
                {
                    return line.WrittenCount + leftOut > 0 ? new(line.WrittenMemory, leftOut) : null;
                }
            }

            var newline = Array.IndexOf(chunk, (byte)'\n', start, end - start);
            var stop = newline < 0 ? end : newline;
            var kept = Math.Min(stop - start, longest - line.WrittenCount);
            line.Write(chunk.AsSpan(start, kept));
            leftOut += stop - start - kept;
            start = newline < 0 ? end : newline + 1;
            if (newline >= 0)
            {
                return new(line.WrittenMemory, leftOut);
            }
        }
    }
}
