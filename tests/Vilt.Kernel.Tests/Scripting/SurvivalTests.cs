using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Scripting;

public sealed class SurvivalTests
{
    [Fact]
    public async Task An_exception_on_a_thread_of_a_cell_is_told_there_and_the_next_cell_runs()
    {
        using var session = new Session();
        var outputs = await session.RunAsync(
            "var thread = new System.Threading.Thread(() => throw new InvalidOperationException(\"lost\"));\nthread.Start();\nthread.Join();");
        var stream = Assert.IsType<StreamOutput>(Assert.Single(outputs));
        Assert.StartsWith("An exception ended a thread that cell 1 started.", stream.Text, StringComparison.Ordinal);
        Assert.Contains("lost", stream.Text, StringComparison.Ordinal);
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task Running_out_of_managed_memory_is_an_error()
    {
        using var session = new Session();
        var error = await session.RunAsync<CellError>("new decimal[Array.MaxLength, 1 << 20].Length");
        Assert.Equal("OutOfMemoryException", error.Name);
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }
}
