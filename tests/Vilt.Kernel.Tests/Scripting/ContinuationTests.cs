using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Scripting;

/// <summary>A cell may wait for its own async work as a plain program may, and what it awaits comes back to the cells' thread.</summary>
public sealed class ContinuationTests : IDisposable
{
    private const string Slow = "async Task<int> Slow(int n) { await Task.Delay(5); await Task.Yield(); return n * 2; }\n";

    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    public static readonly TheoryData<string, string> Blocking = new()
    {
        { "Slow(21).Result", "42" },
        { "Slow(21).GetAwaiter().GetResult()", "42" },
        { "var slow = Slow(21);\nslow.Wait();\nslow.Result", "42" },
        { "var two = new[] { Slow(1), Slow(2) };\nTask.WaitAll(two);\ntwo.Sum(t => t.Result)", "6" },
        { "Task.WhenAll(Slow(1), Slow(2)).Result.Sum()", "6" },
        { "Enumerable.Range(0, 5).Select(i => Slow(i).Result).Sum()", "20" },
        { "var sum = 0;\nParallel.ForEach(Enumerable.Range(0, 20), i => System.Threading.Interlocked.Add(ref sum, Slow(i).Result));\nsum", "380" },
        { "Enumerable.Range(0, 20).AsParallel().Sum(i => Slow(i).Result)", "380" },
        { "async ValueTask<int> Value(int n) { await Task.Delay(1); return await Slow(n); }\nValue(4).Result + Value(5).AsTask().Result", "18" },
        { "async Task<int> Outer() { await Task.Yield(); return Slow(3).Result; }\nOuter().Result", "6" },
        { "async Task<int> Outer() { await Task.Yield(); return Slow(3).Result; }\nawait Outer()", "6" },
        { "async Task<int> Outer() { await Task.Yield(); return Slow(3).Result + Outer2().Result; }\nasync Task<int> Outer2() { await Task.Yield(); return Slow(4).Result; }\nawait Outer()", "14" },
        { "Task.WaitAny(Slow(1), Slow(2)) >= 0", "True" },
        { "var sum = 0;\nParallel.ForEachAsync(Enumerable.Range(0, 5), async (i, _) => System.Threading.Interlocked.Add(ref sum, await Slow(i))).Wait();\nsum", "20" },
        { "var gate = new System.Threading.SemaphoreSlim(0);\nasync Task Open() { await Slow(1); gate.Release(); }\nvar opening = Open();\ngate.Wait(10000)", "True" },
        { "class Once { static async Task<int> Late(int n) { await Task.Delay(1); return n; } public static readonly int Value = Late(5).Result; public int Now => Late(6).Result; }\nOnce.Value + new Once().Now", "11" },
        { "new Lazy<Task<int>>(() => Slow(4)).Value.Result", "8" },
        { "var slow = Slow(6);\nwhile (!slow.IsCompleted) { }\nslow.Result", "12" },
        { "Func<Task<int>> lambda = async () => { await Task.Delay(1); return 7; };\nlambda().Result", "7" },
        { "async IAsyncEnumerable<int> Some() { await Task.Delay(1); yield return 1; await Task.Delay(1); yield return 2; }\nSome().ToBlockingEnumerable().Sum()", "3" },
        { "async Task Fails() { await Task.Yield(); throw new NotSupportedException(); }\ntry { Fails().Wait(); return 0; } catch (AggregateException e) when (e.InnerException is NotSupportedException) { return 1; }", "1" },
        { "var done = new System.Threading.ManualResetEventSlim();\nasync void Set() { await Task.Delay(1); done.Set(); }\nSet();\ndone.Wait(10000)", "True" },
        { "class Late : IAsyncDisposable { public bool Closed; public async ValueTask DisposeAsync() { await Task.Delay(1); Closed = true; } }\nvar late = new Late();\nlate.DisposeAsync().AsTask().Wait();\nlate.Closed", "True" },
    };

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task Waiting_for_the_cell_s_own_async_work_ends(string code, string value)
    {
        await session.RunAsync(Slow);
        Assert.Equal(value, await session.ValueAsync(code), ignoreCase: true);
    }

    [Theory]
    [InlineData("System.Threading.Thread.Sleep(100);")]
    [InlineData("var until = Environment.TickCount64 + 200;\n    while (Environment.TickCount64 < until) { }")]
    [InlineData("Task.Delay(200).Wait();")]
    [InlineData("Parallel.For(0, 4, _ => System.Threading.Thread.Sleep(200));")]
    public async Task Progress_is_told_while_a_loop_runs(string step)
    {
        var outputs = await session.RunAsync(
            $"IProgress<int> progress = new Progress<int>(p => Console.WriteLine($\"at {{p}}\"));\nfor (var i = 0; i < 3; i++)\n{{\n"
            + $"    progress.Report(i);\n    {step}\n}}\nConsole.WriteLine(\"done\");");
        Assert.Equal("at 0\nat 1\nat 2\ndone\n", string.Concat(outputs.Cast<StreamOutput>().Select(output => output.Text)));
    }

    [Fact]
    public async Task So_is_what_tasks_tell_in_their_continuations()
    {
        var outputs = await session.RunAsync(
            "async Task Tell(int n) { await Task.Delay(1); Console.WriteLine($\"at {n}\"); }\nfor (var i = 0; i < 3; i++)\n{\n"
            + "    _ = Tell(i);\n    System.Threading.Thread.Sleep(200);\n}\nConsole.WriteLine(\"done\");");
        Assert.Equal("at 0\nat 1\nat 2\ndone\n", string.Concat(outputs.Cast<StreamOutput>().Select(output => output.Text)));
    }

    [Fact]
    public async Task Each_report_comes_once()
    {
        await session.RunAsync(
            "var seen = new System.Collections.Concurrent.ConcurrentQueue<int>();\nIProgress<int> progress = new Progress<int>(seen.Enqueue);\n"
            + "for (var i = 0; i < 1000; i++) { progress.Report(i); }\nwhile (seen.Count < 1000) { System.Threading.Thread.Sleep(1); }\nawait Task.Delay(1);");
        Assert.Equal("True", await session.ValueAsync("seen.Order().SequenceEqual(Enumerable.Range(0, 1000))"));
    }

    [Fact]
    public async Task A_cell_s_own_awaits_come_back_to_its_thread_however_soon_they_end()
    {
        await session.RunAsync("int Here() => Environment.CurrentManagedThreadId;\nvar home = Here();\nvar away = 0;");
        await session.RunAsync(
            "for (var i = 0; i < 500; i++)\n{\n    await Task.Run(() => { });\n    if (Here() != home) away++;\n    await Task.Yield();\n    if (Here() != home) away++;\n}");
        Assert.Equal("0", await session.ValueAsync("away"));
    }

    [Fact]
    public async Task What_an_async_function_awaits_comes_back_too_while_the_cell_awaits_it()
    {
        await session.RunAsync("int Here() => Environment.CurrentManagedThreadId;\nvar home = Here();");
        await session.RunAsync("var away = 0;\nasync Task Walk() { for (var i = 0; i < 300; i++) { await Task.Run(() => { }); if (Here() != home) away++; } }\nawait Walk();");
        Assert.Equal("0", await session.ValueAsync("away"));
    }

    [Fact]
    public async Task A_wait_for_the_cell_s_own_async_work_can_be_interrupted()
    {
        await session.RunAsync("async Task Never() { await Task.Yield(); await Task.Delay(-1); }");
        var outputs = await session.InterruptAtFirstOutputAsync("Console.WriteLine(1);\nNever().Wait();");
        Assert.Equal(nameof(OperationCanceledException), Assert.IsType<CellError>(outputs[^1]).Name);
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task What_runs_elsewhere_writes_to_its_cell()
    {
        var outputs = await session.RunAsync("async Task Tell() { await Task.Yield(); Console.Write(\"told\"); }\nTell().Wait();");
        Assert.Equal("told", Assert.IsType<StreamOutput>(Assert.Single(outputs)).Text);
    }
}
