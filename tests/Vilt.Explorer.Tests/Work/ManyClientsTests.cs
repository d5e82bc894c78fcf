using System.Collections.Concurrent;
using System.Diagnostics;
using TorchSharp;

namespace Vilt.Explorer.Tests.Work;

/// <summary>A class at once, on request: <c>-explicit only</c>. <c>VILT_SOAK=1</c> has it last a minute.</summary>
public sealed class ManyClientsTests(RunningExplorer explorer)
{
    private const int Clients = 30;
    private static readonly string[] Questions = ["how many zebras are on the picture", "what is on the picture", "where is the zebra", "is there a dog on the picture"];

    private readonly TimeSpan time = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("VILT_SOAK") == "1" ? 60 : 5);

    [Fact(Explicit = true)]
    public async Task All_get_right_answers_in_their_turns_and_nothing_stays_behind()
    {
        var answers = Questions.ToDictionary(question => question, question => explorer.Vqa.Ask(RunningExplorer.Asset("zebra.png"), question)[0]);
        var live = Live();
        await LoadAsync(answers, time / 2); // until libtorch's heap has its size
        var memory = Memory();
        var done = await LoadAsync(answers, time);
        await explorer.PostAsync("api/ask", new { picture = "example-zebra", question = "end" }); // what others left behind is dropped before this
        for (var watch = Stopwatch.StartNew(); Live() != live && watch.Elapsed < TimeSpan.FromSeconds(30);)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken); // who left is noticed a little later
        }

        Assert.Equal(live, Live());
        Assert.Equal(Clients * 4 / 5, done.Count);
        Assert.True(done.Values.Min() * 2 >= done.Values.Max(), $"from {done.Values.Min()} to {done.Values.Max()} answers");
        TestContext.Current.TestOutputHelper!.WriteLine($"{done.Values.Sum() * Questions.Length} answers, {memory / (1 << 20):0} MiB before, {Memory() / (1 << 20):0} after");
        Assert.InRange(Memory() / memory, 0, 1.1);
    }

    // Gives how often each of those who stayed got all its answers.
    private async Task<ConcurrentDictionary<int, int>> LoadAsync(Dictionary<string, (string Answer, double Probability)> answers, TimeSpan time)
    {
        var done = new ConcurrentDictionary<int, int>();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => client % 5 == 4 ? LeaveAsync(client, time) : PlayAsync(client, answers, time, done)));
        return done;
    }

    private async Task PlayAsync(
        int client, Dictionary<string, (string Answer, double Probability)> answers, TimeSpan time, ConcurrentDictionary<int, int> done)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            await AskAsync($"{client}", answers);
            done.AddOrUpdate(client, 1, (_, count) => count + 1);
        }
    }

    private async Task AskAsync(string client, Dictionary<string, (string Answer, double Probability)> answers)
    {
        foreach (var question in Questions)
        {
            var given = (await explorer.PostAsync("api/ask", new { picture = "example-zebra", question }, client)).GetProperty("answers")[0];
            Assert.Equal(answers[question].Answer, given.GetProperty("answer").GetString());
            Assert.InRange(given.GetProperty("probability").GetDouble(), answers[question].Probability - 1e-5, answers[question].Probability + 1e-5);
        }
    }

    // Asks for more than it waits for: each explanation is left after its first map.
    private async Task LeaveAsync(int client, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            using var leaves = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var why = new { picture = "example-elephant", question = "what is on the picture", steps = 500 };
            await foreach (var map in explorer.ExplainAsync(why, $"{client}", leaves.Token))
            {
                Assert.Equal(5, map.GetProperty("stepsDone").GetInt32());
                break;
            }

            await leaves.CancelAsync();
        }
    }

    private static long Live()
    {
        GC.Collect(); // those that no scope disposed
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }

    private static double Memory()
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
