namespace Vilt.Notebooks.Tests.Cluster;

/// <summary>The manifest for Kubernetes.</summary>
public sealed class KubernetesTests
{
    private readonly KubernetesJob kubernetes = new();

    [Fact]
    public void Its_job_is_an_indexed_one_and_its_arguments_are_of_vilt()
    {
        var (job, container) = (kubernetes.Manifest, kubernetes.Container);
        Assert.Equal(("batch/v1", "Job", "Indexed", "Never"), (job.ApiVersion, job.Kind, job.Spec.CompletionMode, job.Spec.Template.Spec.RestartPolicy));
        Assert.Equal(["--shard", "auto", "--of", $"{job.Spec.Completions}"], container.Args.SkipWhile(argument => argument != "--shard").Take(4));
        Assert.All(job.Spec.PodFailurePolicy.Rules, rule => Assert.True(rule.OnExitCodes is null || rule.OnExitCodes.ContainerName == container.Name));
        Assert.All(job.Spec.PodFailurePolicy.Rules, rule => Assert.All(rule.OnPodConditions ?? [], condition => Assert.NotNull(condition.Status)));
        Assert.All(container.VolumeMounts, mount => Assert.Contains(job.Spec.Template.Spec.Volumes, volume => volume.Name == mount.Name));
        Assert.True(job.Spec.Template.Spec.TerminationGracePeriodSeconds >= 10);
    }

    [Theory]
    [InlineData(1, "Count")] // the default: up to backoffLimitPerIndex
    [InlineData(2, "FailJob")]
    [InlineData(75, "Ignore")]
    [InlineData(130, "Ignore")]
    [InlineData(137, "Count")]
    [InlineData(143, "Ignore")]
    public void Its_policy_knows_the_exit_statuses(int exitCode, string action) => Assert.Equal(action, kubernetes.ActionOn(exitCode));
}
