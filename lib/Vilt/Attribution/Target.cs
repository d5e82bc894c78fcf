using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>
/// The output to explain: one class for all examples, or one for each. Numbers and arrays of numbers convert to it implicitly;
/// <c>default</c> is for a forward function that gives a single number per example.
/// </summary>
public readonly struct Target
{
    private readonly int[]? classes;
    private readonly bool perExample;

    private Target(int[] classes, bool perExample)
    {
        this.classes = classes;
        this.perExample = perExample;
    }

    /// <summary>The same class for every example.</summary>
    public static implicit operator Target(int index) => FromInt32(index);

    /// <summary>A class for each example; null for none.</summary>
    public static implicit operator Target(int[]? indices) => FromArray(indices);

    /// <summary>The same class for every example.</summary>
    public static Target FromInt32(int index) => new([index], perExample: false);

    /// <summary>A class for each example; null for none.</summary>
    public static Target FromArray(int[]? indices) => indices is null ? default : new Target(indices, perExample: true);

    /// <summary>The targets of the examples, repeated: all of them once, then all of them again.</summary>
    internal Target Repeat(int times) =>
        perExample ? new([.. Enumerable.Repeat(classes!, times).SelectMany(row => row)], perExample: true) : this;

    /// <summary>The chosen output of each row, (rows); rows are the examples, repeated for each step.</summary>
    internal Tensor Select(Tensor output, int examples, int steps)
    {
        var rows = (long)examples * steps;
        if (output.dim() == 0 || output.shape[0] != rows)
        {
            throw new InvalidOperationException(
                $"The forward function gave shape ({Shapes.Text(output)}) for {rows} rows of inputs; its first dimension must be the rows.");
        }

        var chosen = classes is null ? output : Choose(output, examples, steps);
        if (chosen.numel() != rows)
        {
            throw new ArgumentException(
                $"The forward function gives shape ({Shapes.Text(output)}): name a target, so that one number per example remains.");
        }

        return chosen.reshape(rows);
    }

    private Tensor Choose(Tensor output, int examples, int steps)
    {
        if (output.dim() != 2)
        {
            throw new ArgumentException(
                $"A target chooses from (examples, classes), but the forward function gives shape ({Shapes.Text(output)}).");
        }

        foreach (var index in classes!)
        {
            if (index < 0 || index >= output.shape[1])
            {
                throw new ArgumentException($"Target {index} is out of range: the output has {output.shape[1]} classes, counted from 0.");
            }
        }

        if (!perExample)
        {
            return output.select(1, classes[0]);
        }

        if (classes.Length != examples)
        {
            throw new ArgumentException($"There are {classes.Length} targets for {examples} examples; give one, or one for each.");
        }

        long[] columns = [.. Enumerable.Repeat(classes, steps).SelectMany(row => row.Select(index => (long)index))];
        var column = torch.tensor(columns, device: output.device).unsqueeze(1); // (rows, 1)
        return output.gather(1, column).squeeze(1);
    }
}
