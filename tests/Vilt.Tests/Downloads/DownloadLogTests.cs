using Vilt.Downloads;

namespace Vilt.Tests.Downloads;

public class DownloadLogTests
{
    [Fact]
    public void Writes_each_tenth_of_each_file_once()
    {
        using var output = new StringWriter();
        var log = new DownloadLog(output);
        log.Report(new("unknown", 5, null));
        for (var done = 0; done <= 1000; done++)
        {
            log.Report(new("a", done, 1000));
            log.Report(new("b", done, 1000));
        }

        var lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(20, lines.Length);
        Assert.Equal(["a: 10 %", "b: 10 %", "a: 20 %"], lines[..3]);
        Assert.Equal("b: 100 %", lines[^1]);
    }
}
