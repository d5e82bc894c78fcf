using Vilt.Explorer.Work;

namespace Vilt.Explorer.Tests.Work;

public sealed class ModelQueueTests : IDisposable
{
    private readonly ModelQueue queue = new();
    private readonly ManualResetEventSlim begin = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        begin.Set();
        queue.Dispose();
        begin.Dispose();
    }

    [Fact]
    public async Task Clients_take_turns_however_much_each_asks_for()
    {
        List<string> order = [];
        var first = Hold();
        Task[] all = [.. ((string[])["a", "a", "a", "b", "b", "c"]).Select(client => queue.RunAsync(client, _ => { order.Add(client); return 0; }, Token))];
        begin.Set();
        await Task.WhenAll([first, .. all]);
        Assert.Equal("abcaba", string.Concat(order));
    }

    [Fact]
    public async Task Work_that_nobody_waits_for_is_dropped()
    {
        var first = Hold();
        using var leaves = new CancellationTokenSource();
        var isDone = false;
        var dropped = queue.RunAsync("a", _ => isDone = true, leaves.Token);
        var kept = queue.RunAsync("a", _ => 2, Token);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dropped);
        begin.Set();
        Assert.Equal(2, await kept);
        await first;
        Assert.False(isDone);
    }

    [Fact]
    public async Task A_client_that_asks_for_too_much_is_refused_and_others_are_not()
    {
        var first = Hold();
        List<Task<int>> accepted = [];
        var refusal = await Assert.ThrowsAsync<Refusal>(async () =>
        {
            while (accepted.Count < 1000)
            {
                var next = queue.RunAsync("a", _ => 0, Token);
                accepted.Add(next);
                if (next.IsFaulted)
                {
                    await next;
                }
            }
        });
        Assert.Equal(429, refusal.Status);
        var other = queue.RunAsync("b", _ => 1, Token);
        begin.Set();
        Assert.Equal(1, await other);
        await Task.WhenAll([first, .. accepted.SkipLast(1)]);
    }

    [Fact]
    public async Task What_fails_fails_for_its_client_alone()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => queue.RunAsync<int>("a", _ => throw new InvalidDataException("no"), Token));
        Assert.Equal(1, await queue.RunAsync("a", _ => 1, Token));
    }

    // Until the rest stands in line.
    private Task<int> Hold()
    {
        using var runs = new ManualResetEventSlim();
        var held = queue.RunAsync("first", _ => { runs.Set(); begin.Wait(Token); return 0; }, Token);
        runs.Wait(Token);
        return held;
    }
}
