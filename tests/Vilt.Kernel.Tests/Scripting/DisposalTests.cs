using System.Diagnostics;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Tests.Scripting;

/// <summary>Of a session that is over, only its cells' compiled code stays: the runtime never lets go of that.</summary>
public sealed class DisposalTests
{
    [Theory]
    [InlineData("1 + 1")]
    [InlineData("Console.WriteLine(1);\ndisplay(2);")]
    [InlineData("throw new Exception();")]
    [InlineData("async Task<int> Slow() { await Task.Delay(5); return 1; }\nSlow().Result + await Slow()")]
    [InlineData("IProgress<int> progress = new Progress<int>(Console.WriteLine);\nprogress.Report(1);")]
    [InlineData("enum Color { Red }\nvar color = Color.Red;\ncolor == Color.Red && DayOfWeek.Monday.ToString() is { } day")]
    [InlineData("static class Kept { public static Action Tell = () => Console.WriteLine(1); }\nKept.Tell();")]
    [InlineData("using Microsoft.DotNet.Interactive.Formatting;\nclass Shown { }\nFormatter.Register<Shown>(shown => \"shown\", \"text/html\");\nnew Shown()")]
    [InlineData("new System.Threading.Thread(() => throw new Exception()).Start();\nawait Task.Delay(50);")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => Console.WriteLine(1));")]
    [InlineData("new System.Text.RegularExpressions.Regex(\"a+\").IsMatch(\"a\")")]
    public async Task The_engine_is_collected(string code)
    {
        var engine = await RunAsync(code);
        for (var clock = Stopwatch.StartNew(); engine.IsAlive && clock.Elapsed < TimeSpan.FromSeconds(20);)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(engine.IsAlive);
    }

    private static async Task<WeakReference> RunAsync(string code)
    {
        using var engine = new CSharpEngine(Path.GetTempPath());
        await engine.RunAsync(new("first", 1, code), _ => { }, TestContext.Current.CancellationToken);
        await engine.RunAsync(new("second", 2, "1 + 1"), _ => { }, TestContext.Current.CancellationToken);
        await engine.Language.CompleteAsync("Console.Wri", 11, TestContext.Current.CancellationToken);
        return new(engine);
    }
}
