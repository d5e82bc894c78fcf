using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>A place of a window that slides over an input.</summary>
/// <param name="Input">Which of the inputs.</param>
/// <param name="Places">Where it begins and how long it is in each dimension but the examples.</param>
internal sealed record SlidingWindow(int Input, (int Start, int Length)[] Places)
{
    /// <summary>All places of the windows over each input: from 0 by the strides, the last cut at the edge.</summary>
    /// <exception cref="ArgumentException">A window or stride does not fit its input.</exception>
    internal static SlidingWindow[] Over(
        IReadOnlyList<Tensor> inputs, IReadOnlyList<IReadOnlyList<int>> shapes, IReadOnlyList<IReadOnlyList<int>>? strides)
    {
        if (shapes.Count != inputs.Count || (strides is not null && strides.Count != inputs.Count))
        {
            throw new ArgumentException(
                $"There are {shapes.Count} windows and {strides?.Count ?? shapes.Count} strides for {inputs.Count} inputs; give one window and one stride for each input.");
        }

        List<SlidingWindow> windows = [];
        for (var i = 0; i < inputs.Count; i++)
        {
            var input = i;
            int[] sizes = [.. inputs[i].shape.Skip(1).Select(size => (int)size)];
            int[] shape = [.. shapes[i]], steps = [.. strides?[i] ?? [.. shape.Select(_ => 1)]];
            Check(i, sizes, shape, steps);
            windows.AddRange(AllPlaces(sizes, shape, steps).Select(places => new SlidingWindow(input, places)));
        }

        return [.. windows];
    }

    /// <summary>The window's part of a tensor (examples, …), which shares its memory.</summary>
    internal Tensor View(Tensor tensor)
    {
        var view = tensor;
        for (var i = 0; i < Places.Length; i++)
        {
            view = view.narrow(i + 1, Places[i].Start, Places[i].Length);
        }

        return view;
    }

    /// <summary>Whether the inputs differ from the baselines within the window.</summary>
    internal bool Changes(IReadOnlyList<Tensor> inputs, Tensor[] baselines)
    {
        using var scope = NewDisposeScope();
        return View(inputs[Input]).ne(View(baselines[Input])).any().item<bool>();
    }

    private static IEnumerable<(int Start, int Length)[]> AllPlaces(int[] sizes, int[] shape, int[] steps)
    {
        IEnumerable<(int Start, int Length)[]> places = [[]];
        for (var i = 0; i < sizes.Length; i++)
        {
            var (size, length, step) = (sizes[i], shape[i], steps[i]);
            var count = 1 + (size - length + step - 1) / step;
            var along = Enumerable.Range(0, count).Select(k => (k * step, Math.Min(length, size - k * step))).ToArray();
            places = places.SelectMany(outer => along.Select(inner => ((int, int)[])[.. outer, inner]));
        }

        return places;
    }

    private static void Check(int input, int[] sizes, int[] shape, int[] steps)
    {
        if (shape.Length != sizes.Length || steps.Length != sizes.Length)
        {
            throw new ArgumentException(
                $"The window of input {input} has {shape.Length} dimensions and its stride {steps.Length}, but the input has " +
                $"{sizes.Length} besides the examples: ({string.Join(", ", sizes)}).");
        }

        for (var i = 0; i < sizes.Length; i++)
        {
            if (shape[i] < 1 || shape[i] > sizes[i])
            {
                throw new ArgumentException(
                    $"The window ({string.Join(", ", shape)}) does not fit into input {input}, whose size is ({string.Join(", ", sizes)}).");
            }

            if (steps[i] < 1 || (steps[i] > shape[i] && shape[i] < sizes[i]))
            {
                throw new ArgumentException(
                    $"The stride ({string.Join(", ", steps)}) of input {input} must be at least 1 and at most the window " +
                    $"({string.Join(", ", shape)}), so that no value is left out.");
            }
        }
    }
}
