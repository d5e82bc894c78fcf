using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>
/// What an input is compared with, such as where the path to it starts: a tensor of the input's shape, a tensor of one row that serves
/// every example, or a number that fills the input's shape. Tensors and numbers convert to it implicitly; <c>default</c> and <c>null</c>
/// mean 0.
/// </summary>
public readonly struct Baseline
{
    private readonly Tensor? tensor;
    private readonly double fill;

    private Baseline(Tensor? tensor, double fill)
    {
        this.tensor = tensor;
        this.fill = fill;
    }

    /// <summary>A baseline tensor; null means 0.</summary>
    public static implicit operator Baseline(Tensor? tensor) => FromTensor(tensor);

    /// <summary>A number that fills the input's shape.</summary>
    public static implicit operator Baseline(double fill) => FromDouble(fill);

    /// <summary>A baseline tensor; null means 0.</summary>
    public static Baseline FromTensor(Tensor? tensor) => new(tensor, 0);

    /// <summary>A number that fills the input's shape.</summary>
    public static Baseline FromDouble(double fill) => new(null, fill);

    /// <summary>The baselines as tensors of the inputs' shapes.</summary>
    internal static Tensor[] For(IReadOnlyList<Tensor> inputs, IReadOnlyList<Baseline>? baselines)
    {
        CheckCount(inputs, baselines);
        return [.. inputs.Select((input, i) => (baselines?[i] ?? default).For(input, i))];
    }

    /// <summary>The baseline of inputs that are repeated; one row or a number serves any number of examples.</summary>
    internal Baseline Repeat(int times) =>
        tensor is null || tensor.dim() == 0 || tensor.shape[0] == 1 ? this : new(AttributionArguments.Repeat(tensor, times), fill);

    /// <summary>Baselines to draw from: each a number, or any number of rows of its input's shape.</summary>
    internal static Baseline[] Distributions(IReadOnlyList<Tensor> inputs, IReadOnlyList<Baseline>? baselines)
    {
        CheckCount(inputs, baselines);
        return [.. inputs.Select((input, i) => (baselines?[i] ?? default).Distribution(input, i))];
    }

    /// <summary>How many rows there are to draw from.</summary>
    internal long Rows => tensor is null ? 1 : tensor.shape[0];

    /// <summary>All rows, of the input's type.</summary>
    internal Tensor RowsOf(Tensor input) => (tensor ?? For(input.narrow(0, 0, 1), 0)).to(input.dtype, input.device);

    /// <summary>Some of the rows, as many as the inputs have.</summary>
    internal Tensor Drawn(Tensor inputs, long[] rows) => Rows == 1
        ? For(inputs, 0)
        : tensor!.index_select(0, torch.tensor(rows, device: inputs.device)).to(inputs.dtype, inputs.device);

    private Baseline Distribution(Tensor input, int index) =>
        tensor is null || (tensor.dim() == input.dim() && tensor.shape[0] > 0 && tensor.shape.Skip(1).SequenceEqual(input.shape.Skip(1)))
            ? this
            : throw new ArgumentException(
                $"The baselines of input {index} have shape ({Shapes.Text(tensor)}), but the input has ({Shapes.Text(input)}): " +
                "give any number of rows of its shape, or a number.", nameof(input));

    private static void CheckCount(IReadOnlyList<Tensor> inputs, IReadOnlyList<Baseline>? baselines)
    {
        if (baselines is not null && baselines.Count != inputs.Count)
        {
            throw new ArgumentException($"There are {baselines.Count} baselines for {inputs.Count} inputs; give one for each.", nameof(baselines));
        }
    }

    private Tensor For(Tensor input, int index)
    {
        if (tensor is null)
        {
            using var fill = this.fill.ToScalar();
            return torch.full_like(input, fill);
        }

        if (tensor.shape.SequenceEqual(input.shape))
        {
            return tensor;
        }

        if (tensor.dim() == input.dim() && tensor.shape[0] == 1 && tensor.shape.Skip(1).SequenceEqual(input.shape.Skip(1)))
        {
            return tensor.expand_as(input);
        }

        throw new ArgumentException(
            $"The baseline of input {index} has shape ({Shapes.Text(tensor)}), but the input has ({Shapes.Text(input)}): " +
            "give the input's shape, one row of it, or a number.", nameof(input));
    }
}
