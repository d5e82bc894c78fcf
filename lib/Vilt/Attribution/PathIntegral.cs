using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>Integrals of the gradient along straight paths, computed some steps at a time so that memory is bounded by those.</summary>
/// <param name="paths">The paths.</param>
/// <param name="arguments">How many rows a pass may have, where progress is reported, and what cancels it.</param>
internal sealed class PathIntegral(Paths paths, AttributionArguments arguments)
{
    private readonly int stepsAtOnce = arguments.RowsPerExample;

    internal Paths Paths => paths;

    /// <summary>Steps computed so far.</summary>
    internal int Steps { get; private set; }

    /// <summary>Σ weight · gradient for each segment, in its shape.</summary>
    internal Tensor[] Over(IReadOnlyList<double> alphas, IReadOnlyList<double> weights)
    {
        var row = new double[1, weights.Count];
        for (var i = 0; i < weights.Count; i++)
        {
            row[0, i] = weights[i];
        }

        return [.. Over(alphas, row).Select(sums => sums.squeeze(0))];
    }

    /// <summary>The same for several weightings (sums, steps) of the same points: for each segment (sums, examples, …).</summary>
    internal Tensor[] Over(IReadOnlyList<double> alphas, double[,] weights)
    {
        using var scope = NewDisposeScope();
        var goal = Steps + alphas.Count;
        Tensor[] sums = [.. paths.Segments.Select(segment => Zeros(segment.Difference, weights.GetLength(0)))];
        Tensor[] weightings = [.. sums.Select(sum => tensor(weights, dtype: sum.dtype, device: sum.device))]; // (sums, steps)
        for (var from = 0; from < alphas.Count; from += stepsAtOnce)
        {
            arguments.CancellationToken.ThrowIfCancellationRequested();
            double[] chunk = [.. alphas.Skip(from).Take(stepsAtOnce)];
            AddChunk(sums, chunk, weightings, from);
            Steps += chunk.Length;
            arguments.Progress?.Report(new(Steps, goal));
        }

        scope.MoveToOuter(sums);
        return sums;
    }

    private void AddChunk(Tensor[] sums, double[] alphas, Tensor[] weightings, int from)
    {
        using var scope = NewDisposeScope();
        Tensor[] points = [.. paths.Segments.Select(segment => segment.Points(alphas).requires_grad_())]; // (steps · examples, …)
        Tensor outputs;
        using (enable_grad())
        {
            outputs = paths.OutputsAt(points, alphas.Length);
        }

        var gradients = Gradients.Of(outputs, points, i => paths.Segments[i].Name);
        for (var i = 0; i < sums.Length; i++)
        {
            var weight = weightings[i].narrow(1, from, alphas.Length); // (sums, steps)
            var sum = weight.mm(gradients[i].to_type(sums[i].dtype).reshape(alphas.Length, -1)); // (sums, examples · …)
            sums[i].Add(sum.view_as(sums[i]));
        }
    }

    private static Tensor Zeros(Tensor like, int sums) => zeros([sums, .. like.shape], like.dtype, like.device);
}
