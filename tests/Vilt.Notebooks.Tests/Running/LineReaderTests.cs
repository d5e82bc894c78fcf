using System.Text;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Tests.Running;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a\nbc\n", "a|bc")]
    [InlineData("a\n\nb", "a||b")]
    [InlineData("123456\n1234567890\nx", "123456|123456+4|x")]
    public async Task Lines_are_cut_at_their_longest(string text, string lines)
    {
        var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), longest: 6);
        List<string> read = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } line)
        {
            read.Add(line.LeftOut > 0 ? $"{line}+{line.LeftOut}" : line.ToString());
        }

        Assert.Equal(lines, string.Join('|', read));
    }

    [Fact]
    public async Task A_line_without_end_takes_no_memory()
    {
        const long Length = 300_000_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var line = await new LineReader(new Zeros(Length), longest: 1000).ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Length - 1000, line!.Value.LeftOut);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    /// <summary>Zeros at once, so that all is read on one thread.</summary>
    private sealed class Zeros(long left) : MemoryStream
    {
        private long left = left;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(left, buffer.Length);
            buffer.Span[..count].Clear();
            left -= count;
            return ValueTask.FromResult(count);
        }
    }
}
