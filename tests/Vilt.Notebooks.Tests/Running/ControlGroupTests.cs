using System.Diagnostics;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Tests.Running;

public sealed class ControlGroupTests
{
    private const int Tasks = 10;

    [Fact]
    public async Task Of_too_many_processes_the_kernel_refuses_the_rest()
    {
        using var group = ControlGroup.Create(Tasks);
        Assert.SkipWhen(group is null, "This user may not make control groups.");
        var start = new ProcessStartInfo("sh", ["-c", "for i in $(seq 40); do sleep 1 & done"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var shell = Process.Start(group.Around(start))!;
        var error = await shell.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        shell.Kill(entireProcessTree: true);
        Assert.Contains("fork", error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_group_whose_program_was_killed_is_removed_with_the_next()
    {
        using var group = ControlGroup.Create(Tasks);
        Assert.SkipWhen(group is null, "This user may not make control groups.");
        var parent = Path.GetDirectoryName(Directory.GetDirectories("/sys/fs/cgroup", $"vilt-{Environment.ProcessId}-*", SearchOption.AllDirectories)[0])!;
        var forgotten = Path.Combine(parent, $"vilt-{int.MaxValue}-0");
        Directory.CreateDirectory(forgotten);
        ControlGroup.Create(Tasks)!.Dispose();
        Assert.False(Directory.Exists(forgotten));
    }
}
