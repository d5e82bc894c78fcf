using static TorchSharp.torch;

namespace Vilt.Attribution;

internal static class Gradients
{
    /// <summary>The value of a tensor, made to require a gradient of its own.</summary>
    /// <param name="value">Of a floating-point type.</param>
    /// <param name="name">What it is called in messages.</param>
    internal static Tensor Watched(Tensor value, string name) => value.is_floating_point()
        ? value.detach().requires_grad_()
        : throw new ArgumentException($"{name} has {value.dtype} values, which have no gradient: attribute to a later layer.");

    /// <summary>The gradient of the sum of the outputs with respect to each value, and to nothing else.</summary>
    /// <param name="outputs">Computed from the values while gradients were enabled.</param>
    /// <param name="values">Tensors that require a gradient.</param>
    /// <param name="nameOf">What a value is called in messages.</param>
    /// <exception cref="InvalidOperationException">The outputs don't depend on a value, or a gradient is NaN or infinite.</exception>
    internal static Tensor[] Of(Tensor outputs, IReadOnlyList<Tensor> values, Func<int, string> nameOf)
    {
        if (!outputs.requires_grad)
        {
            throw NotOnPath(string.Join(", ", Enumerable.Range(0, values.Count).Select(nameOf)));
        }

        if (values.Index().FirstOrDefault(value => !value.Item.requires_grad) is { Item: not null } detached)
        {
            throw NotOnPath(nameOf(detached.Index));
        }

        using var gradientsOn = enable_grad();
        // Not autograd.grad: in TorchSharp 0.107 any error within it ends the process.
        autograd.backward([outputs.sum()], inputs: [.. values]);
        Tensor[] gradients = [.. values.Select((value, i) => value.grad ?? throw NotOnPath(nameOf(i)))];
        for (var i = 0; i < gradients.Length; i++)
        {
            ForwardFunction.CheckFinite(gradients[i], $"The gradient of the chosen output with respect to {nameOf(i)}");
        }

        return gradients;
    }

    private static InvalidOperationException NotOnPath(string name) =>
        new($"The output does not depend on {name}: it is not on the path to the chosen output, or another layer " +
            "to attribute to lies between and hides it.");
}
