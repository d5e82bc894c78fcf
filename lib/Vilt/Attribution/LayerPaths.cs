using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>Paths of layers' values, from those for the baselines to those for the inputs.</summary>
internal sealed class LayerPaths : Paths
{
    private readonly LayeredForward forward;

    private LayerPaths(LayeredForward forward, LayerValues atStart, LayerValues atEnd)
        : base([.. SegmentsOf(forward, atStart.Values, atEnd.Values)], CountsOf(atEnd), atStart.Outputs, atEnd.Outputs) => this.forward = forward;

    internal static LayerPaths Lay(LayeredForward forward, DisposeScope owner)
    {
        var (atInputs, atBaselines) = forward.RecordEnds(owner);
        return new(forward, atBaselines, atInputs);
    }

    internal override Tensor OutputsAt(Tensor[] points, int steps)
    {
        var start = 0;
        return forward.Replace(steps, [.. TensorsPerLayer.Select(count => points[start..(start += count)])]);
    }

    private static int[] CountsOf(LayerValues values) => [.. values.Values.Select(tensors => tensors.Length)];

    private static IEnumerable<PathSegment> SegmentsOf(LayeredForward forward, Tensor[][] starts, Tensor[][] ends) =>
        ends.SelectMany((tensors, layer) => tensors.Select((end, i) =>
            new PathSegment(forward.NameOf(layer, i, tensors.Length), starts[layer][i], end, forward.Arguments.Examples)));
}
