using Vilt.Kernel.Display;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Tests.Scripting;

public sealed class CancellationTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task A_cell_stops_at_its_await_and_the_state_before_it_stays()
    {
        await session.RunAsync("var reached = new TaskCompletionSource();\nvar count = 0;");
        var outputs = await session.InterruptAtFirstOutputAsync("count++;\ndisplay(count);\nawait reached.Task;\ncount++;");
        Assert.Equal(nameof(OperationCanceledException), Assert.IsType<CellError>(outputs[^1]).Name);
        await session.RunAsync("reached.SetResult();\nawait Task.Yield();");
        Assert.Equal("1", await session.ValueAsync("count"));
    }

    [Fact]
    public async Task A_canceled_cell_does_not_start()
    {
        using var engine = new CSharpEngine(Path.GetTempPath());
        var outputs = new List<CellOutput>();
        await engine.RunAsync(new("id", 1, "Console.WriteLine(\"ran\");"), outputs.Add, new CancellationToken(canceled: true));
        Assert.IsType<CellError>(Assert.Single(outputs));
    }

    [Fact]
    public async Task A_task_that_a_cell_left_running_goes_on_during_later_cells()
    {
        await session.RunAsync("var go = new TaskCompletionSource();\nvar done = false;\nasync Task Later() { await go.Task; done = true; }\nvar later = Later();");
        await session.RunAsync("go.SetResult();\nawait later;");
        Assert.Equal("True", await session.ValueAsync("done"));
    }
}
