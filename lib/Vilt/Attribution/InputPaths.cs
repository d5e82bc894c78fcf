using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>Paths of inputs, from their baselines to themselves.</summary>
internal sealed class InputPaths : Paths
{
    private readonly ForwardFunction forward;
    private readonly AttributionArguments arguments;

    private InputPaths(ForwardFunction forward, AttributionArguments arguments, PathSegment[] segments, Tensor atStart, Tensor atEnd)
        : base(segments, [.. segments.Select(_ => 1)], atStart, atEnd) => (this.forward, this.arguments) = (forward, arguments);

    internal static InputPaths Lay(ForwardFunction forward, AttributionArguments arguments)
    {
        var (inputs, starts) = (arguments.Inputs, arguments.BaselineTensors());
        PathSegment[] segments = [.. inputs.Select((input, i) => new PathSegment($"input {i}", starts[i], input, arguments.Examples))];
        if (arguments.RowsPerExample == 1)
        {
            return new(forward, arguments, segments, Outputs(forward, arguments, starts, 1), Outputs(forward, arguments, inputs, 1));
        }

        var halves = forward.Invoke(arguments.Together(starts), arguments.Target, arguments.Examples, 2).chunk(2); // (examples) each
        return new(forward, arguments, segments, halves[1], halves[0]);
    }

    internal override Tensor OutputsAt(Tensor[] points, int steps) => Outputs(forward, arguments, points, steps);

    private static Tensor Outputs(ForwardFunction forward, AttributionArguments arguments, IReadOnlyList<Tensor> points, int steps) =>
        forward.Invoke([.. points, .. arguments.RepeatAdditional(steps)], arguments.Target, arguments.Examples, steps);
}
