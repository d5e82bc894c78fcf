using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Display.Views;

public sealed class TaskTests
{
    [Fact]
    public async Task A_task_is_one_line_in_text_and_html()
    {
        using var session = new Session();
        await session.RunAsync("async Task<string> Fetch() { await Task.Delay(300); return \"page\"; }\nasync Task Wait() => await Task.Delay(1);");
        var bundle = await ShownAsync(session, "Fetch()");
        Assert.Equal("Task<string> (running; write await before it to get its value)", Session.Text(bundle));
        Assert.InRange(bundle.Data["text/html"].GetString()!.Split("<style>")[0].Length, 50, 200);
        Assert.StartsWith("Task (", Session.Text(await ShownAsync(session, "Wait()")), StringComparison.Ordinal);
    }

    /// <summary>The value. Before it stands the compiler's warning that nothing awaits it, and nothing else.</summary>
    private static async Task<MimeBundle> ShownAsync(Session session, string code)
    {
        var outputs = await session.RunAsync(code);
        Assert.Equal(2, outputs.Count);
        Assert.Contains("warning CS4014", Assert.IsType<StreamOutput>(outputs[0]).Text, StringComparison.Ordinal);
        return Assert.IsType<ExecuteResult>(outputs[1]).Bundle;
    }

    [Fact]
    public void Tasks_of_each_kind_say_how_far_they_are()
    {
        Assert.Equal("Task<int> (completed; write await before it to get its value)", Shown.Text(Task.FromResult(1)));
        Assert.Equal("Task (failed; write await before it to wait for its end)", Shown.Text(Task.FromException(new InvalidOperationException())));
        Assert.Equal("ValueTask<int> (completed; write await before it to get its value)", Shown.Text(new ValueTask<int>(1)));
        Assert.Equal("ValueTask (canceled; write await before it to wait for its end)", Shown.Text(new ValueTask(Task.FromCanceled(new(canceled: true)))));
    }

    [Fact]
    public void An_asynchronous_sequence_says_how_to_read_it()
    {
        static async IAsyncEnumerable<int> Count()
        {
            await Task.Yield();
            yield return 1;
        }

        Assert.Equal("IAsyncEnumerable<int> (write await foreach to get its items)", Shown.Text(Count()));
    }

    [Fact]
    public void Tasks_within_lists_and_objects_are_one_line_each()
    {
        Assert.Contains("Work: Task<int> (completed;", Shown.Text(new { Work = Task.FromResult(1) }), StringComparison.Ordinal);
        Assert.Equal(3, Shown.Text(new List<Task> { Task.CompletedTask, Task.FromResult("a") }.ToArray()).Split("Task").Length);
    }
}
