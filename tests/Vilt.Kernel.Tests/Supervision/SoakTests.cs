using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Vilt.Kernel.Tests.Supervision;

/// <summary>
/// Long work: nothing lost, wrong or out of order, and memory within bounds. Set VILT_SOAK=1 for the whole of it, which takes minutes;
/// without, a twentieth is done.
/// </summary>
public sealed class SoakTests
{
    private static readonly int Share = Environment.GetEnvironmentVariable("VILT_SOAK") == "1" ? 1 : 20;

    [Fact]
    public void A_thousand_cells_come_in_order_and_stay_small()
    {
        var cells = 1000 / Share;
        using var kernel = new KernelProcess();
        kernel.Client.Execute("var sum = 0;");
        var start = Memory(kernel);
        for (var i = 1; i <= cells; i++)
        {
            var run = kernel.Client.Execute($"var v{i} = {i};\nsum += v{i};\nConsole.Write(\"cell {i}\");\nsum");
            Assert.Equal(["busy", "execute_input", "stream", "execute_result", "idle"], run.Kinds);
            Assert.Equal($"cell {i}", run.Stream("stdout"));
            Assert.Equal($"{i * (i + 1) / 2}", run.Value);
            Assert.Equal($"{i + 2}", run.Reply.Text("execution_count"));
        }

        AssertGrowth(kernel, start, 300 + cells); // A cell's compilation keeps about half a megabyte.
    }

    [Fact]
    public void Sessions_of_one_process_do_not_read_the_same_files_again()
    {
        const string Open = "var engine = new Vilt.Kernel.Scripting.CSharpEngine(\".\");\nengines.Add(engine);\nawait engine.RunAsync(new(\"first\", 1, \"1\"), _ => { });";
        using var kernel = new KernelProcess();
        kernel.Client.Execute("var engines = new List<Vilt.Kernel.Scripting.CSharpEngine>();");
        kernel.Client.Execute(Open);
        var start = Memory(kernel);
        for (var i = 0; i < 10; i++)
        {
            kernel.Client.Execute(Open);
        }

        AssertGrowth(kernel, start, 150); // The compiler's own files alone are 25 MB.
    }

    [Fact]
    public void Interrupts_at_random_moments_stop_the_cell_they_meet_and_no_other()
    {
        var random = new Random(0);
        using var kernel = new KernelProcess();
        var client = kernel.Client;
        client.Execute("var count = 0L;");
        for (var i = 0; i < 100 / Share; i++)
        {
            // Loops, waits and sleeps in turn; the moment is given by how much has been put out.
            var wait = (i % 3) switch { 0 => "", 1 => "await Task.Delay(1);", _ => "System.Threading.Thread.Sleep(1);" };
            var id = client.SendExecute($"while (true)\n{{\n    if (++count % {random.Next(1, 50)} == 0) {{ Console.Write('.'); }}\n    {wait}\n}}");
            for (var heard = random.Next(1, 5); heard > 0;)
            {
                heard -= client.NextPublished().Type == "stream" ? 1 : 0;
            }

            var order = client.Send(client.Control, "interrupt_request", []);
            Assert.Equal("ok", client.Reply(client.Control, order).Status);
            Assert.Equal("error", client.Reply(client.Shell, id).Status);
            Assert.Equal($"{i}", client.Execute($"{i}").Value);
        }
    }

    [Fact]
    public async Task Restarts_leave_a_kernel_like_the_first()
    {
        using var kernel = new KernelProcess();
        for (var i = 0; i < Math.Max(25 / Share, 2); i++) // Two restarts each.
        {
            var run = kernel.Client.Execute($"var once = {i};\nonce");
            Assert.Equal(($"{i}", "1"), (run.Value, run.Reply.Text("execution_count")));
            await kernel.RestartAsync();
            Assert.Equal("error", kernel.Client.Execute("once").Reply.Status);
            await kernel.RestartAsync();
        }
    }

    [Fact]
    public void Twenty_megabytes_of_output_come_whole()
    {
        const int Line = 64;
        var lines = 20 * 1024 * 1024 / Line / Share;
        using var kernel = new KernelProcess();
        kernel.Client.Execute("1");
        var start = Memory(kernel);
        var run = kernel.Client.Execute($"for (var i = 0; i < {lines}; i++) {{ Console.Write($\"{{i,{Line - 1}}}\\n\"); }}");
        var expected = new StringBuilder();
        for (var i = 0; i < lines; i++)
        {
            expected.Append(CultureInfo.InvariantCulture, $"{i,Line - 1}\n");
        }

        Assert.True(expected.Equals(run.Stream("stdout")), "The text is not what the cell wrote.");
        AssertGrowth(kernel, start, 400);
    }

    [Fact]
    public void Ten_thousand_display_updates_come_in_order()
    {
        var updates = 10_000 / Share;
        using var kernel = new KernelProcess();
        kernel.Client.Execute("1");
        var start = Memory(kernel);
        var run = kernel.Client.Execute($"var shown = display(0);\nfor (var i = 1; i <= {updates}; i++) {{ shown.Update(i); }}");
        var shown = run.Published.Where(message => message.Type is "display_data" or "update_display_data").ToList();
        Assert.Single(shown.Select(message => message.Content["transient"]!["display_id"]!.ToString()).Distinct());
        Assert.Equal(Enumerable.Range(0, updates + 1).Select(i => $"{i}"), shown.Select(message => message.Content["data"]!["text/plain"]!.ToString()));
        AssertGrowth(kernel, start, 400);
    }

    private static void AssertGrowth(KernelProcess kernel, long start, long megabytes) =>
        Assert.True(Memory(kernel) - start < megabytes << 20, $"From {start >> 20} MB the kernel grew to {Memory(kernel) >> 20} MB.");

    /// <summary>The memory of the process that runs the cells.</summary>
    private static long Memory(KernelProcess kernel)
    {
        var id = int.Parse(kernel.Client.Execute("GC.Collect();\nEnvironment.ProcessId").Value, CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64;
    }
}
