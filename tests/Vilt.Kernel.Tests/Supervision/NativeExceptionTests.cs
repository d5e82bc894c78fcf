namespace Vilt.Kernel.Tests.Supervision;

/// <summary>C++ exceptions that TorchSharp lets through end the cell and not the process.</summary>
public sealed class NativeExceptionTests
{
    private static readonly string TorchSharp = Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll");

    [Fact]
    public void Calls_that_let_them_through_end_the_cell_alone()
    {
        using var kernel = new KernelProcess();
        kernel.Client.Execute($"#r \"{TorchSharp}\"\nusing static TorchSharp.torch;\nvar kept = ones(2, 3);");
        AssertTold(kernel, "kept.matmul(kept)", "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)");
        AssertTold(kernel, "var set = 7;\nvoid Multiply() => matmul(kept, ones(5, 5));\nMultiply();", "(2x3 and 5x5)", "   at Multiply in cell");
        AssertTold(kernel, "await System.Threading.Tasks.Task.Yield();\nkept.cummax(7)", "Dimension out of range");
        AssertTold(kernel, "kept.cummin(7)", "Dimension out of range");
        AssertTold(kernel, "autograd.grad([kept.sum()], [kept])", "does not require grad");
        AssertTold(kernel, "set_num_threads(0);", "positive number of threads");
        Assert.Equal("7 6", kernel.Client.Execute("$\"{set} {kept.sum().item<float>()}\"").Value);
    }

    [Fact]
    public void On_another_thread_they_are_told_and_the_cell_can_be_interrupted()
    {
        using var kernel = new KernelProcess();
        kernel.Client.Execute($"#r \"{TorchSharp}\"\nusing static TorchSharp.torch;\nvar kept = ones(2, 3);");
        var id = kernel.Client.SendExecute("await Task.Run(() => kept.matmul(kept));");
        for (var message = kernel.Client.NextPublished(); message.Type != "stream"; message = kernel.Client.NextPublished())
        {
        }

        kernel.Client.Send(kernel.Client.Control, "interrupt_request", []);
        Assert.Equal("error", kernel.Client.Reply(kernel.Client.Shell, id).Status);
        Assert.Equal("6", kernel.Client.Execute("kept.sum().item<float>()").Value);
    }

    private static void AssertTold(KernelProcess kernel, string code, string message, string place = "   at cell")
    {
        var run = kernel.Client.Execute(code);
        Assert.Equal(("error", "ExternalException"), (run.Reply.Status, run.Reply.Text("ename")));
        Assert.Contains(message, run.Reply.Text("evalue"), StringComparison.Ordinal);
        var traceback = run.Reply.Content["traceback"]!.AsArray().Select(line => line!.ToString()).ToList();
        Assert.Contains(traceback, line => line.StartsWith(place, StringComparison.Ordinal));
        Assert.DoesNotContain(traceback, line => line.Contains("frame #", StringComparison.Ordinal));
    }
}
