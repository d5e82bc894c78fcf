using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>The gradient's integral along straight paths, computed some steps at a time so that memory is bounded by those.</summary>
internal sealed class PathIntegral
{
    private readonly Quadrature _quadrature;
    private readonly int _stepsPerChunk;
    private readonly IProgress<AttributionProgress>? _progress;
    private readonly CancellationToken _cancellation;

    internal PathIntegral(
        Quadrature quadrature, int? internalBatchSize, int examples, IProgress<AttributionProgress>? progress, CancellationToken cancellation)
    {
        if (internalBatchSize < 1)
            throw new ArgumentOutOfRangeException(nameof(internalBatchSize), internalBatchSize, "The internal batch size must be at least 1.");
        _quadrature = quadrature;
        _stepsPerChunk = internalBatchSize is int size ? Math.Max(1, size / examples) : quadrature.Alphas.Count;
        _progress = progress;
        _cancellation = cancellation;
    }

    /// <summary>Σ weight · gradient for each segment, in its shape.</summary>
    /// <param name="segments">The paths, walked at the same time.</param>
    /// <param name="outputsAt">The outputs for points of all segments and for this many steps, (steps · examples).</param>
    internal Tensor[] Gradients(IReadOnlyList<PathSegment> segments, Func<Tensor[], int, Tensor> outputsAt)
    {
        Tensor[] totals = [.. segments.Select(segment => torch.zeros_like(segment.Difference))];
        double[] alphas = [.. _quadrature.Alphas], weights = [.. _quadrature.Weights];
        for (int done = 0; done < alphas.Length;)
        {
            _cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(done + _stepsPerChunk, alphas.Length);
            AddChunk(totals, segments, outputsAt, alphas[done..end], weights[done..end]);
            done = end;
            _progress?.Report(new AttributionProgress(done, alphas.Length));
        }
        return totals;
    }

    private static void AddChunk(
        Tensor[] totals, IReadOnlyList<PathSegment> segments, Func<Tensor[], int, Tensor> outputsAt, double[] alphas, double[] weights)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor[] points = [.. segments.Select(segment => segment.Points(alphas).requires_grad_())]; // (steps · examples, …)
        Tensor outputs;
        using (torch.enable_grad()) outputs = outputsAt(points, alphas.Length);
        Tensor[] gradients = Attribution.Gradients.Of(outputs, points, i => segments[i].Name);
        for (int i = 0; i < totals.Length; i++)
        {
            Tensor weight = torch.tensor(weights, dtype: totals[i].dtype, device: totals[i].device).unsqueeze(0); // (1, steps)
            Tensor sum = weight.mm(gradients[i].reshape(weights.Length, -1)); // (1, examples · …)
            totals[i].add_(sum.view_as(totals[i]));
        }
    }
}
