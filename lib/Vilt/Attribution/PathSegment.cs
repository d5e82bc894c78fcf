using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>The straight line from a baseline to an input (or between a layer's values for them), (examples, …).</summary>
internal sealed class PathSegment
{
    private readonly Tensor _start;

    internal PathSegment(string name, Tensor start, Tensor end, int examples)
    {
        if (!end.is_floating_point())
            throw new ArgumentException($"{name} has {end.dtype} values, which have no gradient: attribute to a layer behind it.");
        if (end.dim() == 0 || end.shape[0] != examples)
            throw new ArgumentException($"{name} has shape ({Shapes.Text(end)}): its first dimension must be the {examples} examples.");
        if (!start.shape.SequenceEqual(end.shape))
            throw new ArgumentException(
                $"{name} has shape ({Shapes.Text(end)}) for the inputs but ({Shapes.Text(start)}) for the baselines; they must be alike.");
        Name = name;
        _start = start;
        Difference = end - start;
    }

    internal string Name { get; }

    /// <summary>Input − baseline.</summary>
    internal Tensor Difference { get; }

    /// <summary>baseline + α · (input − baseline) for each α, (steps · examples, …), the rows of the first α first.</summary>
    internal Tensor Points(double[] alphas)
    {
        long[] column = [alphas.Length, .. Enumerable.Repeat(1L, (int)Difference.dim())];
        Tensor alpha = torch.tensor(alphas, dtype: Difference.dtype, device: Difference.device).view(column); // (steps, 1, …)
        return (_start + alpha * Difference).flatten(0, 1);
    }
}
