using TorchSharp;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>The straight line from a baseline to an input (or between a layer's values for them), (examples, …).</summary>
internal sealed class PathSegment
{
    private readonly Tensor start;
    private readonly ScalarType type;

    internal PathSegment(string name, Tensor start, Tensor end, int examples)
    {
        if (!end.is_floating_point())
        {
            throw new ArgumentException($"{name} has {end.dtype} values, which have no gradient: attribute to a later layer.");
        }

        if (end.dim() == 0 || end.shape[0] != examples)
        {
            throw new ArgumentException($"{name} has shape ({Shapes.Text(end)}): its first dimension must be the {examples} examples.");
        }

        if (!start.shape.SequenceEqual(end.shape))
        {
            throw new ArgumentException(
                $"{name} has shape ({Shapes.Text(end)}) for the inputs but ({Shapes.Text(start)}) for the baselines; they must be the same.");
        }

        Name = name;
        type = end.dtype;
        // Many small steps of a half-precision value would be lost to rounding.
        var exact = type is ScalarType.BFloat16 or ScalarType.Float16 ? ScalarType.Float32 : type;
        this.start = start.to_type(exact);
        Difference = end.to_type(exact).Minus(this.start);
    }

    internal string Name { get; }

    /// <summary>Input − baseline, in single precision or better.</summary>
    internal Tensor Difference { get; }

    /// <summary>baseline + α · (input − baseline) for each α, (steps · examples, …), the rows of the first α first.</summary>
    internal Tensor Points(double[] alphas)
    {
        long[] column = [alphas.Length, .. Enumerable.Repeat(1L, (int)Difference.dim())];
        var alpha = torch.tensor(alphas, dtype: Difference.dtype, device: Difference.device).view(column); // (steps, 1, …)
        return start.PlusProduct(alpha, Difference).flatten(0, 1).to_type(type);
    }
}
