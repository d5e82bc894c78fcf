using Vilt.Kernel.Display;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Tests.Scripting;

public sealed class InterruptTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    public static readonly TheoryData<string> Endless =
    [
        "while (true) { }",
        "while (true) ;",
        "do i++; while (true);",
        "for (;;) i++;",
        "foreach (var x in Forever()) i += x;",
        "foreach (var (x, y) in Forever().Select(x => (x, x))) i += x;",
        "Forever().Count(x => x > 1)",
        "again: i++; goto again;",
        "Fibonacci(100)",
        "static int Bodies(int n) { return n < 2 ? n : Bodies(n - 1) + Bodies(n - 2); }\nBodies(100)",
        "int Locals() { int Inner(int n) => n < 2 ? n : Inner(n - 1) + Inner(n - 2); return Inner(100); }\nLocals()",
        "Func<int, int> self = null!;\nself = n => n < 2 ? n : self(n - 1) + self(n - 2);\nself(100)",
        "Action<int> self = null!;\nself = n => { if (n > 0) { self(n - 1); self(n - 1); } };\nself(100)",
        "Func<int, int> self = null!;\nself = delegate(int n) { return n < 2 ? n : self(n - 1) + self(n - 2); };\nself(100)",
        "record Deep(int N) { public long Size => N < 1 ? 1 : new Deep(N - 1).Size + new Deep(N - 1).Size; }\nnew Deep(100).Size",
        "Enumerable.Range(0, int.MaxValue).Select(x => (long)x * x).Where(x => x < 0).Concat(Enumerable.Range(0, int.MaxValue).Select(x => -1L).Where(x => x > 0)).ToList()",
        "Parallel.For(0, 4, _ => { while (true) { } });",
        "Task.Run(() => { while (true) { } }).Wait();",
        "await Task.Run(() => { while (true) { } });",
        "await Task.Delay(-1);",
        "await new TaskCompletionSource<int>().Task",
        "await new ValueTask<int>(new TaskCompletionSource<int>().Task)",
        "await Task.Delay(-1).ConfigureAwait(false);",
        "async Task Spin() { while (true) await Task.Yield(); }\nawait Spin();",
        "async Task Sleep() => await Task.Delay(-1);\nawait Sleep();",
        "async IAsyncEnumerable<int> Never() { await Task.Delay(-1); yield return 1; }\nawait foreach (var x in Never()) i++;",
        "System.Threading.Thread.Sleep(-1);",
        "new System.Threading.ManualResetEvent(false).WaitOne();",
        "new TaskCompletionSource<int>().Task.Result",
        "new System.Collections.Concurrent.BlockingCollection<int>().Take()",
        "using System.Text.RegularExpressions;\nRegex.IsMatch(new string('a', 60) + '!', \"^(a+)+$\")",
        "using System.Text.RegularExpressions;\nRegex r = new(\"^(a+)+$\", RegexOptions.Compiled);\nr.Match(new string('a', 60) + '!')",
        "using System.Text.RegularExpressions;\nawait Task.Run(() => new Regex(\"^(a+)+$\").Replace(new string('a', 60) + '!', \"\"));",
        "while (true) try { while (true) i++; } catch (Exception) { }",
        "while (true) try { System.Threading.Thread.Sleep(-1); } catch { }",
        "while (true) try { await Task.Delay(-1); } catch { }",
        "try { while (true) { } } finally { while (true) { } }",
        "try { while (true) { } } finally { await Task.Delay(-1); }",
    ];

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task What_never_ends_is_interrupted_and_the_next_cell_runs(string code)
    {
        await session.RunAsync(
            """
            var i = 0;
            IEnumerable<int> Forever() { while (true) yield return 1; }
            int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
            """);
        var usings = code.StartsWith("using", StringComparison.Ordinal) ? code[..(code.IndexOf('\n') + 1)] : "";
        var outputs = await session.InterruptAtFirstOutputAsync($"{usings}Console.WriteLine(i);\n{code[usings.Length..]}");
        Assert.Equal(nameof(OperationCanceledException), Assert.IsType<CellError>(outputs[^1]).Name);
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task The_error_names_the_place()
    {
        await session.RunAsync("void Spin()\n{\n    Console.WriteLine(1);\n    while (true)\n    {\n    }\n}");
        var outputs = await session.InterruptAtFirstOutputAsync("// Line 1\n\nSpin();");
        var error = Assert.IsType<CellError>(outputs[^1]);
        Assert.Equal(3, error.Line);
        Assert.Equal(["The cell was interrupted.", "   at Spin in cell 1, line 4", "   at cell 2, line 3"], error.Traceback);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    public async Task What_the_cell_set_before_stays(string endless)
    {
        await session.RunAsync("var old = 1;");
        await session.InterruptAtFirstOutputAsync("old = 2;\nvar fresh = 3;\nConsole.WriteLine(old);\n" + endless);
        Assert.Equal("2 3", await session.ValueAsync("$\"{old} {fresh}\""));
    }

    [Fact]
    public async Task Cleaning_up_goes_on()
    {
        await session.RunAsync(
            """
            var cleaned = new List<string>();
            async Task Close() { await Task.Yield(); cleaned.Add("awaited"); }
            void Free() { for (var i = 0; i < 1; i++) cleaned.Add("called"); }
            """);
        await session.InterruptAtFirstOutputAsync("try { Console.WriteLine(1); while (true) { } } finally { Free(); await Close(); }");
        Assert.Equal("called awaited", await session.ValueAsync("string.Join(' ', cleaned)"));
    }

    [Fact]
    public async Task What_can_not_be_stopped_says_so_and_ends_the_cell_when_it_returns()
    {
        using var engine = new CSharpEngine(Path.GetTempPath());
        using var cancellation = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var said = new TaskCompletionSource();
        void Follow(CellOutput output)
        {
            (output is StreamOutput { Name: "stderr" } ? said : started).TrySetResult();
        }

        var code = $"#r \"{typeof(Stubborn).Assembly.Location}\"\nConsole.WriteLine(1);\n{typeof(Stubborn).FullName}.Run();\nvar reached = true;";
        var running = engine.RunAsync(new("id", 1, code), Follow, cancellation.Token);
        await started.Task;
        await cancellation.CancelAsync();
        await said.Task;
        Assert.False(running.IsCompleted);
        Stubborn.End();
        Assert.Equal(nameof(OperationCanceledException), (await running)!.Name);
        Assert.Null(await engine.RunAsync(new("id", 2, "if (reached) throw new Exception();"), Follow, CancellationToken.None));
    }

    [Fact]
    public async Task An_interrupted_cell_s_tasks_end_and_an_earlier_cell_s_go_on()
    {
        await session.RunAsync("long earlier = 0, later = 0;\nvar stop = false;\nvar work = Task.Run(() => { while (!stop) { earlier++; } });");
        await session.InterruptAtFirstOutputAsync("var other = Task.Run(() => { while (true) { later++; } });\nConsole.WriteLine(1);\nwhile (true) { }");
        await session.RunAsync("try { await other; } catch (OperationCanceledException) { }");
        Assert.Equal("True", await session.ValueAsync("var before = earlier;\nwhile (earlier == before) { }\n!work.IsCompleted"));
        await session.RunAsync("stop = true;\nawait work;");
    }

    [Fact]
    public async Task A_thread_that_an_interrupted_cell_started_ends_quietly()
    {
        await session.InterruptAtFirstOutputAsync(
            "var spinning = new System.Threading.Thread(() => { while (true) { } });\nspinning.Start();\nConsole.WriteLine(1);\nwhile (true) { }");
        Assert.Empty(await session.RunAsync("spinning.Join();"));
    }

    [Fact]
    public async Task What_an_earlier_cell_left_looping_on_the_cells_thread_ends_too()
    {
        await session.RunAsync("var go = new TaskCompletionSource();\nasync Task Loop() { await go.Task; while (true) { } }\nvar loop = Loop();");
        await session.InterruptAtFirstOutputAsync("go.SetResult();\nConsole.WriteLine(1);\nawait Task.Delay(-1);");
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task Runaway_recursion_is_an_error()
    {
        var error = await session.RunAsync<CellError>("int Down(int n) => Down(n + 1) + 1;\nDown(0)");
        Assert.Equal("InsufficientExecutionStackException", error.Name);
        Assert.InRange(error.Traceback.Count, 3, 40);
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task Interrupts_at_any_moment_leave_a_sound_engine()
    {
        string[] bodies =
        [
            "for (var j = 0; j < 30000000; j++) { }",
            "System.Threading.Thread.Sleep(1);",
            "for (var j = 0; j < 10; j++) await Task.Delay(1);",
            "for (var j = 0; j < 100; j++) Console.WriteLine(j);",
            "lock (bodies) { System.Threading.Thread.Sleep(2); }",
            "await Task.Run(() => System.Threading.Thread.Sleep(1));",
            "Task.Delay(2).Wait();",
        ];
        await session.RunAsync("var runs = 0;\nvar bodies = new object();");
        var random = new Random(1);
        for (var i = 0; i < 100; i++)
        {
            await session.InterruptAfterAsync(TimeSpan.FromMilliseconds(random.NextDouble() * 15), $"// {i}\n" + bodies[i % bodies.Length]);
            // The next cell meets no interrupt that was not for it, in none of the ways to wait.
            Assert.Empty(await session.RunAsync("System.Threading.Thread.Sleep(1);\nawait Task.Yield();\nfor (var j = 0; j < 10; j++) { }\nruns++;"));
        }

        Assert.Equal("100", await session.ValueAsync("runs"));
    }
}
