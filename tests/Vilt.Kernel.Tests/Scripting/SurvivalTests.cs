using Vilt.Kernel.Display;
using Vilt.Kernel.Tests.Language;

namespace Vilt.Kernel.Tests.Scripting;

public sealed class SurvivalTests(SharedSession shared) : IClassFixture<SharedSession>
{
    public static readonly TheoryData<string, string> Recursions = new()
    {
        { "class Node { public int Value = 1; public Node Next = new Node(); }", "new Node()" },
        { "class Child(int depth) { public Child Inner { get; } = new Child(depth + 1); }", "new Child(0)" },
        { "record Chain(int Depth) { public Chain Next { get; init; } = new Chain(Depth + 1); }", "new Chain(0).Next.Depth" },
        { "struct Pair() { public object Other = new Pair(); }", "new Pair()" },
        { "record Loop { public Loop Self { get; set; } }\nvar loop = new Loop();\nloop.Self = loop;", "loop.ToString()" },
        { "record Loop { public Loop Self { get; set; } }\nvar loop = new Loop();\nloop.Self = loop;", "loop.GetHashCode()" },
        { "record Ring { public Ring Self { get; set; } }\nRing Make() { var a = new Ring(); a.Self = a; return a; }", "Make() == Make()" },
        { "record struct Link(object To);\nvar box = new object[1];\nclass To { public object Value; public override string ToString() => $\"{Value}\"; }\nvar to = new To();\nto.Value = new Link(to);", "to.ToString()" },
        { "class Mirror { public int Size => Size; }", "new Mirror().Size" },
        { "class Setter { public int Size { set => Size = value; } }", "new Setter().Size = 1;" },
        { "class Grid { public int this[int i] => this[i + 1]; }", "new Grid()[0]" },
        { "class N { public static N operator +(N a, N b) => a + b; public static implicit operator int(N n) => n; }", "new N() + new N()" },
        { "class N { public static implicit operator int(N n) => n; }", "int i = new N();" },
        { "class Lazy { public static readonly int Value = Deep(0); static int Deep(int n) => Deep(n + 1) + 1; }", "Lazy.Value" },
        { "class E { public event Action A { add { A += value; } remove { } } }", "new E().A += () => { };" },
        { "Action<int> a = null;\na = n => a(n + 1);", "a(0);" },
        { "Func<int, int> f = null;\nf = delegate(int n) { return f(n) + 1; };", "f(0)" },
        { "int Outer() { int Inner(int n) => Inner(n + 1) + 1; return Inner(0); }", "Outer()" },
        { "async Task<int> Down(int n) => await Down(n + 1) + 1;", "await Down(0)" },
        { "IEnumerable<int> Walk(int n) { foreach (var x in Walk(n + 1)) yield return x; }", "Walk(0).First()" },
        { "async IAsyncEnumerable<int> Walk(int n) { await foreach (var x in Walk(n + 1)) yield return x; }", "await foreach (var x in Walk(0)) { }" },
        { "class Self : IComparable<Self> { public int CompareTo(Self other) => Comparer<Self>.Default.Compare(this, other); }", "new Self().CompareTo(new Self())" },
        { "interface IShape { int Sides => Sides + 1; }\nclass Square : IShape { }", "((IShape)new Square()).Sides" },
        { "class Held : IDisposable { public void Dispose() => Left(); void Left() { } }\nvoid Down(int n) { using var held = new Held(); Down(n + 1); }", "Down(0)" },
        { "var left = 0;\nvoid Leave() => left++;\nvoid Down(int n) { try { Down(n + 1); } finally { Leave(); } }", "Down(0)" },
        { "int Down(int n) => Down(n + 1) + 1;", "await System.Threading.Tasks.Task.Run(() => Down(0));" },
        { "void Down(int n) { try { Down(n + 1); } finally { GC.KeepAlive(n.ToString()); } }", "await System.Threading.Tasks.Task.Run(() => Down(0));" },
    };

    [Theory]
    [MemberData(nameof(Recursions))]
    public async Task Recursion_without_end_is_an_error(string declarations, string endless)
    {
        var session = shared.Session;
        Assert.Empty(await session.RunAsync(declarations));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("InsufficientExecutionStackException", (await session.RunAsync<CellError>(endless)).Name);
        }

        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

    public static readonly TheoryData<string> Throwers =
    [
        "async void Fire() { await Task.Yield(); throw new Mute(); }\nFire();\nawait Task.Delay(50);",
        "async void Fire() { throw new Shy(); }\nFire();\nawait Task.Yield();",
        "var thread = new System.Threading.Thread(() => throw new Mute());\nthread.Start();\nthread.Join();",
        "var thread = new System.Threading.Thread(() => throw new Shy());\nthread.UnsafeStart();",
        "using System.Threading;\nvar fired = new ManualResetEventSlim();\nvar timer = new Timer(_ => { fired.Set(); throw new Mute(); }, null, 1, -1);\nfired.Wait();",
        "using System.Threading;\nThreadPool.UnsafeQueueUserWorkItem(_ => throw new Mute(), null);",
        "using System.Threading;\nvar progress = new Progress<int>(_ => throw new Mute());\n((IProgress<int>)progress).Report(1);",
        "System.Threading.SynchronizationContext.Current.Post(_ => throw new Endless(), null);\nawait Task.Yield();",
        "void Drop() { new Dying(); }\nfor (var i = 0; i < 10; i++) Drop();\nGC.Collect();\nGC.WaitForPendingFinalizers();",
        "throw new Mute();",
        "throw new Exception(\"outer\", new Mute());",
        "throw new AggregateException(new Mute(), new Shy());",
        "await Task.WhenAll(Task.Run(() => throw new Mute()), Task.Run(() => throw new Shy()));",
        "throw new Endless();",
    ];

    [Theory]
    [MemberData(nameof(Throwers))]
    public async Task Whatever_is_thrown_and_wherever_the_next_cell_runs(string code)
    {
        using var session = new Session();
        await session.RunAsync(
            """
            class Mute : Exception { public override string Message => throw new Mute(); }
            class Shy : Exception { public override string Message => null; public override string ToString() => throw new Shy(); public override string StackTrace => throw new Shy(); }
            class Endless : Exception { public override string Message => Message + "!"; }
            class Dying { ~Dying() => throw new Mute(); }
            """);
        await session.RunAsync(code);
        await session.AwaitOutputAsync();
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task A_formatter_that_calls_itself_is_an_error()
    {
        using var session = new Session();
        await session.RunAsync("using Microsoft.DotNet.Interactive.Formatting;\nclass Shown { }\nFormatter.Register<Shown>((s, w) => w.Write(s.ToDisplayString(\"text/plain\")), \"text/plain\");");
        Assert.Equal("FormattingException", (await session.RunAsync<CellError>("display(new Shown(), \"text/plain\");")).Name);
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

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
