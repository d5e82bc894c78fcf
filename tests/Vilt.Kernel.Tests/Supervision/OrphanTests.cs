using System.Diagnostics;

namespace Vilt.Kernel.Tests.Supervision;

/// <summary>No process outlives its front end, whatever a cell is doing. Signals are Unix's.</summary>
public sealed class OrphanTests
{
    private const string Busy = "display(Environment.ProcessId);\nSystem.Threading.Thread.Sleep(-1);";

    [Fact]
    public async Task A_lost_parent_takes_the_kernel_with_it()
    {
        // The shell stays the kernel's parent, since it has something to do after it.
        using var kernel = new KernelProcess("sh", "-c", "\"$@\"; true", "sh");
        var cells = StartBusyCell(kernel);
        using var supervisor = Children(kernel.Id).Single();
        KernelProcess.Signal(kernel.Id, "KILL");
        await KernelProcess.AssertEndsAsync(cells);
        await KernelProcess.AssertEndsAsync(supervisor.Id);
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_signal_that_ends_the_supervisor_ends_the_cells(string signal)
    {
        Assert.SkipWhen(signal == "HUP" && IgnoredSignals.Has(1), "This program ignores HUP, as nohup starts one, and so does what it starts.");
        using var kernel = new KernelProcess();
        var cells = StartBusyCell(kernel);
        KernelProcess.Signal(kernel.Id, signal);
        await kernel.EndAsync();
        await KernelProcess.AssertEndsAsync(cells);
    }

    [Fact]
    public async Task Shutting_down_ends_a_process_whose_cell_does_not_end()
    {
        using var kernel = new KernelProcess();
        var cells = StartBusyCell(kernel);
        kernel.Client.Send(kernel.Client.Control, "shutdown_request", new() { ["restart"] = false });
        Assert.Equal(0, (await kernel.EndAsync()).ExitCode);
        await KernelProcess.AssertEndsAsync(cells);
    }

    [Fact]
    public void A_signal_interrupts_the_cell_and_the_kernel_goes_on()
    {
        Assert.SkipWhen(IgnoredSignals.Has(2), "This program ignores INT, as a script's background jobs do, and so does what it starts.");
        using var kernel = new KernelProcess();
        kernel.Client.Execute("var never = new TaskCompletionSource();");
        for (var i = 0; i < 3; i++)
        {
            var id = kernel.Client.SendExecute("display(1);\nawait never.Task;");
            AwaitDisplay(kernel);
            KernelProcess.Signal(kernel.Id, "INT");
            Assert.Equal("error", kernel.Client.Finish(id).Reply.Status);
        }

        Assert.Equal("2", kernel.Client.Execute("1 + 1").Value);
    }

    /// <summary>Gives the id of the process that runs the cells.</summary>
    private static int StartBusyCell(KernelProcess kernel)
    {
        kernel.Client.SendExecute(Busy);
        return int.Parse(AwaitDisplay(kernel), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string AwaitDisplay(KernelProcess kernel)
    {
        var message = kernel.Client.NextPublished();
        while (message.Type != "display_data")
        {
            message = kernel.Client.NextPublished();
        }

        return message.Content["data"]!["text/plain"]!.ToString();
    }

    private static IEnumerable<Process> Children(int parent) =>
        Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Where(name => File.ReadAllText($"/proc/{name}/stat").Split(") ")[1].Split(' ')[1] == $"{parent}")
            .Select(name => Process.GetProcessById(int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture)));
}
