using TorchSharp;
using Vilt.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// Occlusion: the output less the output with a window of an input at the baseline, the window sliding over the input; each value gets the
/// mean over the windows that cover it (Zeiler and Fergus 2013, https://arxiv.org/abs/1311.2901; as captum's <c>Occlusion</c>). One row of
/// a forward pass for each window, and one for the input.
/// </summary>
/// <remarks>
/// Windows begin at 0 and move by the strides; the last one is cut at the edge where the strides do not fit. A window in which every
/// example is at the baseline already contributes nothing and costs no pass.
/// </remarks>
/// <example>
/// <code>
/// var occlusion = new Occlusion(model, slidingWindowShapes: [[3, 32, 32]], strides: [[3, 32, 32]]);
/// using var result = occlusion.Attribute(new([pixelValues]) { Target = 3 });
/// </code>
/// </example>
public sealed class Occlusion : IAttributionMethod
{
    private readonly ForwardFunction forward;
    private readonly IReadOnlyList<IReadOnlyList<int>> slidingWindowShapes;
    private readonly IReadOnlyList<IReadOnlyList<int>>? strides;

    /// <summary>Prepares attributions of a model's output to its inputs.</summary>
    /// <param name="model">A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor.</param>
    /// <param name="slidingWindowShapes">For each input, the window's size in every dimension but the examples.</param>
    /// <param name="strides">For each input, how far the window moves in each of these; null: by 1.</param>
    public Occlusion(
        Module model, IReadOnlyList<IReadOnlyList<int>> slidingWindowShapes, IReadOnlyList<IReadOnlyList<int>>? strides = null)
        : this(new ForwardFunction(model), slidingWindowShapes, strides)
    {
    }

    /// <summary>Prepares attributions of a function's result to its inputs.</summary>
    /// <param name="forward">From the inputs and additional arguments to (rows) or (rows, classes).</param>
    /// <param name="slidingWindowShapes">For each input, the window's size in every dimension but the examples.</param>
    /// <param name="strides">For each input, how far the window moves in each of these; null: by 1.</param>
    public Occlusion(
        Func<IReadOnlyList<Tensor?>, Tensor> forward, IReadOnlyList<IReadOnlyList<int>> slidingWindowShapes,
        IReadOnlyList<IReadOnlyList<int>>? strides = null)
        : this(new ForwardFunction(forward), slidingWindowShapes, strides)
    {
    }

    private Occlusion(
        ForwardFunction forward, IReadOnlyList<IReadOnlyList<int>> slidingWindowShapes, IReadOnlyList<IReadOnlyList<int>>? strides)
    {
        ArgumentNullException.ThrowIfNull(slidingWindowShapes);
        (this.forward, this.slidingWindowShapes, this.strides) = (forward, slidingWindowShapes, strides);
    }

    /// <inheritdoc/>
    public AttributionResult Attribute(AttributionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var windows = SlidingWindow.Over(arguments.Inputs, slidingWindowShapes, strides);
        var baselines = arguments.BaselineTensors();
        var changing = windows.Where(window => window.Changes(arguments.Inputs, baselines)).ToArray();
        var differences = Differences(changing, baselines, arguments); // (windows, examples)
        return new(Means(windows, changing, differences, arguments.Inputs), [.. arguments.Inputs.Select(_ => 1)]);
    }

    /// <summary>The outputs for the inputs less those with each window at the baseline, (windows, examples).</summary>
    private Tensor Differences(SlidingWindow[] windows, Tensor[] baselines, AttributionArguments arguments)
    {
        List<Tensor> outputs = [];
        foreach (var (from, count) in arguments.Passes(1 + windows.Length))
        {
            using var pass = NewDisposeScope();
            Tensor[] rows = [.. arguments.Inputs.Select(input => input.repeat([count, .. input.shape.Select(_ => 1L)]))]; // (count, examples, …)
            for (var row = from == 0 ? 1 : 0; row < count; row++)
            {
                var window = windows[from + row - 1]; // the very first row is the input
                window.View(rows[window.Input][row]).copy_(window.View(baselines[window.Input]));
            }

            var inputs = rows.Select(row => row.flatten(0, 1)).Concat(arguments.RepeatAdditional(count));
            var chosen = forward.Invoke([.. inputs], arguments.Target, arguments.Examples, count);
            outputs.Add(chosen.view(count, arguments.Examples).MoveToOuterDisposeScope());
        }

        var all = cat(outputs);
        return all.narrow(0, 0, 1).Minus(all.narrow(0, 1, windows.Length));
    }

    private static Tensor[] Means(
        IReadOnlyList<SlidingWindow> windows, SlidingWindow[] changing, Tensor differences, IReadOnlyList<Tensor> inputs)
    {
        var type = differences.dtype;
        Tensor[] sums = [.. inputs.Select(input => zeros(input.shape, type, input.device))];
        Tensor[] counts = [.. inputs.Select(input => zeros([1, .. input.shape[1..]], type, input.device))];
        using var one = 1.0.ToScalar();
        foreach (var window in windows)
        {
            using var added = NewDisposeScope();
            window.View(counts[window.Input]).add_(one);
        }

        for (var i = 0; i < changing.Length; i++)
        {
            using var added = NewDisposeScope();
            var sum = changing[i].View(sums[changing[i].Input]);
            sum.Add(differences[i].view([-1, .. Enumerable.Repeat(1L, (int)sum.dim() - 1)])); // (examples) → (examples, 1, …)
        }

        return [.. sums.Zip(counts, (sum, count) => sum.div_(count))];
    }
}
