using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>The inputs to explain, and the further arguments that the forward function takes after them.</summary>
internal sealed class ForwardArguments
{
    private readonly IReadOnlyList<Tensor?> additional;

    internal ForwardArguments(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?>? additional)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count == 0)
        {
            throw new ArgumentException("There are no inputs to explain.", nameof(inputs));
        }

        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i] is null || inputs[i].dim() == 0 || inputs[i].shape[0] != inputs[0].shape[0] || inputs[i].shape[0] == 0)
            {
                throw new ArgumentException($"Input {i} must be a tensor whose first dimension is the examples, as many as of input 0.", nameof(inputs));
            }
        }

        Inputs = inputs;
        this.additional = additional ?? [];
    }

    internal IReadOnlyList<Tensor> Inputs { get; }

    internal int Examples => (int)Inputs[0].shape[0];

    /// <summary>Size of all that is repeated for each step.</summary>
    internal long Bytes => Inputs.Concat(additional).OfType<Tensor>().Where(IsOfExamples).Sum(tensor => tensor.numel() * tensor.element_size());

    internal ForwardArguments With(IReadOnlyList<Tensor> inputs) => new(inputs, additional);

    /// <summary>All arguments, repeated for each step: the rows of step 0 first.</summary>
    internal IReadOnlyList<Tensor?> Repeat(int steps) => [.. Inputs.Select(input => Repeat(input, steps)), .. RepeatAdditional(steps)];

    /// <summary>All arguments of a pass for these inputs and others: the rows of these first.</summary>
    internal IReadOnlyList<Tensor?> Together(IReadOnlyList<Tensor> others) =>
        [.. Inputs.Zip(others, (own, other) => torch.cat([own, other.to_type(own.dtype)])), .. RepeatAdditional(2)];

    /// <summary>The further arguments alone, repeated likewise.</summary>
    internal IEnumerable<Tensor?> RepeatAdditional(int steps) => additional.Select(argument => Repeat(argument, steps));

    // A tensor without dimensions is a setting, not data of the examples.
    private static bool IsOfExamples(Tensor argument) => argument.dim() > 0;

    private static Tensor? Repeat(Tensor? argument, int steps)
    {
        if (argument is null || !IsOfExamples(argument) || steps == 1)
        {
            return argument;
        }

        long[] times = [steps, .. Enumerable.Repeat(1L, (int)argument.dim() - 1)];
        return argument.repeat(times);
    }
}
