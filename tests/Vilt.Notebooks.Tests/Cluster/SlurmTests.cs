namespace Vilt.Notebooks.Tests.Cluster;

/// <summary>The script for Slurm, on a Slurm.</summary>
[Collection<AgainstWholeRun>]
public sealed class SlurmTests(WholeRun whole)
{
    private string Output => whole.Folder["tasks"];

    [Fact(Timeout = 300_000)]
    public async Task Tasks_that_were_stopped_and_killed_come_again_and_the_results_are_those_of_one_run()
    {
        await using var slurm = await SlurmNode.StartAsync(whole.Environment);
        var job = await slurm.SubmitAsync(whole.Command(Output));
        var cancellation = TestContext.Current.CancellationToken;
        await Task.WhenAll(
            StopAsync(slurm, $"{job}_{WholeRun.Stopped}", cancellation), KillAsync(slurm, $"{job}_{WholeRun.Killed}", cancellation));
        var restarts = await slurm.RestartsAsync(job, "COMPLETED");
        Assert.Equal(Enumerable.Range(0, WholeRun.Shares).Select(task => task is WholeRun.Stopped or WholeRun.Killed ? 1 : 0), restarts);
        await whole.AssertIsSameAsync(Output);
    }

    /// <summary>As Slurm does a minute before the time is up: the script has the task come again.</summary>
    private async Task StopAsync(SlurmNode slurm, string task, CancellationToken cancellation)
    {
        await HalfAsync(WholeRun.Stopped, cancellation);
        await slurm.RunAsync("scancel", "--signal=USR1", $"{task}.0");
    }

    /// <summary>As for want of memory: the task fails, and is requeued by hand.</summary>
    private async Task KillAsync(SlurmNode slurm, string task, CancellationToken cancellation)
    {
        await HalfAsync(WholeRun.Killed, cancellation);
        await slurm.RunAsync("scancel", "--signal=KILL", $"{task}.0");
        await slurm.RestartsAsync(task, "FAILED");
        Assert.False(WholeRun.HasPart(Output, WholeRun.Killed, second: true));
        await slurm.RunAsync("scontrol", "requeue", task);
    }

    /// <summary>Waits until one of a task's parts is there.</summary>
    private async Task HalfAsync(int task, CancellationToken cancellation)
    {
        while (!WholeRun.HasPart(Output, task, second: false))
        {
            await Task.Delay(10, cancellation);
        }
    }
}
