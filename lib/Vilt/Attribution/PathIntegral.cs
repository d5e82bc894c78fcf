using TorchSharp;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>The gradient's integral along straight paths, computed some steps at a time so that memory is bounded by those.</summary>
internal sealed class PathIntegral(
    Paths paths, int stepsAtOnce, IProgress<AttributionProgress>? progress, CancellationToken cancellation)
{
    /// <summary>Σ weight · gradient for each segment, in its shape.</summary>
    internal Tensor[] Sums { get; } = [.. paths.Segments.Select(segment => torch.zeros_like(segment.Difference))];

    /// <summary>Steps computed so far.</summary>
    internal int Steps { get; private set; }

    /// <summary>Adds the gradients at some points of the paths, weighted.</summary>
    internal void Add(IReadOnlyList<double> alphas, IReadOnlyList<double> weights)
    {
        int goal = Steps + alphas.Count;
        for (int from = 0; from < alphas.Count; from += stepsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            AddChunk([.. alphas.Skip(from).Take(stepsAtOnce)], [.. weights.Skip(from).Take(stepsAtOnce)]);
            Steps = goal - Math.Max(0, alphas.Count - from - stepsAtOnce);
            progress?.Report(new AttributionProgress(Steps, goal));
        }
    }

    private void AddChunk(double[] alphas, double[] weights)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor[] points = [.. paths.Segments.Select(segment => segment.Points(alphas).requires_grad_())]; // (steps · examples, …)
        Tensor outputs;
        using (torch.enable_grad()) outputs = paths.OutputsAt(points, alphas.Length);
        Tensor[] gradients = Gradients.Of(outputs, points, i => paths.Segments[i].Name);
        for (int i = 0; i < Sums.Length; i++)
        {
            Tensor weight = torch.tensor(weights, dtype: Sums[i].dtype, device: Sums[i].device).unsqueeze(0); // (1, steps)
            Tensor sum = weight.mm(gradients[i].to_type(Sums[i].dtype).reshape(weights.Length, -1)); // (1, examples · …)
            Sums[i].Add(sum.view_as(Sums[i]));
        }
    }
}
