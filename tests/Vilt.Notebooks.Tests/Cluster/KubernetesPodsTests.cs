using System.Diagnostics;
using Vilt.Notebooks.Commands;

namespace Vilt.Notebooks.Tests.Cluster;

/// <summary>
/// The manifest's job with processes for pods: they have its arguments, environment and signals, and its policy says which come again.
/// </summary>
[Collection<AgainstWholeRun>]
public sealed class KubernetesPodsTests(WholeRun whole)
{
    private const int KilledStatus = 137; // 128 + SIGKILL

    private readonly KubernetesJob job = new();

    private string Output => whole.Folder["pods"];

    [Fact(Timeout = 300_000)]
    public async Task Pods_that_were_ended_and_killed_come_again_and_the_results_are_those_of_one_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        Assert.Equal(WholeRun.Shares, job.Manifest.Spec.Completions);
        var cancellation = TestContext.Current.CancellationToken;
        var ends = await Task.WhenAll(Enumerable.Range(0, WholeRun.Shares).Select(share => CompleteAsync(share, cancellation)));
        Assert.Equal([(ExitCode.Terminated, "Ignore"), (ExitCode.Success, "Complete")], ends[WholeRun.Stopped]);
        Assert.Equal([(KilledStatus, "Count"), (ExitCode.Success, "Complete")], ends[WholeRun.Killed]);
        Assert.All(ends.Where((_, share) => !IsDisturbed(share)), end => Assert.Equal([(ExitCode.Success, "Complete")], end));
        await whole.AssertIsSameAsync(Output);
    }

    /// <summary>Starts pods for a share until one completes it, as the job's controller does.</summary>
    private async Task<IReadOnlyList<(int Status, string Action)>> CompleteAsync(int share, CancellationToken cancellation)
    {
        List<(int Status, string Action)> ends = [];
        while (ends is [] or [.., { Action: not "Complete" }])
        {
            var status = await RunPodAsync(share, isFirst: ends is [], cancellation);
            ends.Add((status, job.ActionOn(status)));
            Assert.NotEqual("FailJob", ends[^1].Action);
            Assert.InRange(ends.Count(end => end.Action == "Count"), 0, job.Manifest.Spec.BackoffLimitPerIndex!.Value);
        }

        return ends;
    }

    private async Task<int> RunPodAsync(int share, bool isFirst, CancellationToken cancellation)
    {
        Dictionary<string, string?> environment = new(whole.Environment) { ["JOB_COMPLETION_INDEX"] = $"{share}" };
        using var pod = ViltProgram.Start(environment, [.. job.Container.Args.Select(Argument), .. whole.Settings]);
        _ = pod.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = pod.StandardError.ReadToEndAsync(CancellationToken.None);
        var grace = TimeSpan.FromSeconds(job.Manifest.Spec.Template.Spec.TerminationGracePeriodSeconds!.Value);
        try
        {
            if (isFirst && IsDisturbed(share))
            {
                await HalfAsync(pod, share, cancellation);
                await SignalAsync(pod, share == WholeRun.Stopped ? "TERM" : "KILL", cancellation);
                await pod.WaitForExitAsync(cancellation).WaitAsync(grace, cancellation);
            }

            await pod.WaitForExitAsync(cancellation);
            Assert.Equal("", await error);
            return pod.ExitCode;
        }
        finally
        {
            pod.Kill();
        }
    }

    private static bool IsDisturbed(int share) => share is WholeRun.Stopped or WholeRun.Killed;

    /// <summary>Waits until one of a share's parts is there.</summary>
    private async Task HalfAsync(Process pod, int share, CancellationToken cancellation)
    {
        while (!WholeRun.HasPart(Output, share, second: false) && !pod.HasExited)
        {
            await Task.Delay(10, cancellation);
        }
    }

    private static Task SignalAsync(Process pod, string signal, CancellationToken cancellation) =>
        Process.Start("kill", [$"-{signal}", $"{pod.Id}"]).WaitForExitAsync(cancellation);

    /// <summary>An argument of the manifest, with what lies elsewhere here and the command whose every result is of one question.</summary>
    private string Argument(string argument) => argument switch
    {
        "predict" => "attribute",
        "/models/vqa" => whole.Folder["model"],
        "/data" => whole.Folder["zoo"],
        "/results/answers" => Output,
        _ => argument,
    };
}
