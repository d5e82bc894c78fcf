using k8s;
using k8s.Models;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Tests.Cluster;

/// <summary>The manifest for Kubernetes, read strictly by its official client, and what its policy makes of an exit status.</summary>
internal sealed class KubernetesJob
{
    public V1Job Manifest { get; } = KubernetesYaml.Deserialize<V1Job>(
        File.ReadAllText(Path.Combine(Series.Root()!, "lib", "Vilt.Notebooks", "Cluster", "vilt-job.yaml")), strict: true);

    public V1Container Container => Assert.Single(Manifest.Spec.Template.Spec.Containers);

    /// <summary>Count is the default: the share is tried again, up to backoffLimitPerIndex.</summary>
    public string ActionOn(int exitCode) => exitCode == 0 ? "Complete" : Manifest.Spec.PodFailurePolicy.Rules
        .FirstOrDefault(rule => rule.OnExitCodes is { OperatorProperty: "In" } codes && codes.Values.Contains(exitCode))?.Action ?? "Count";
}
