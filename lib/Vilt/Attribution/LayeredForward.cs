using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>A forward pass in which the values of some layers are recorded, watched or replaced.</summary>
/// <param name="forward">The function.</param>
/// <param name="layers">The layers, each of which must run once in a pass.</param>
/// <param name="onInput">True for the layers' inputs, false for their outputs.</param>
/// <param name="arguments">What the function is given, and the output to choose.</param>
internal sealed class LayeredForward(
    ForwardFunction forward, IReadOnlyList<Module> layers, bool onInput, AttributionArguments arguments)
{
    internal AttributionArguments Arguments => arguments;

    internal static IReadOnlyList<Module> Checked(IReadOnlyList<Module> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return layers.Count > 0 ? layers : throw new ArgumentException("There is no layer to attribute to.", nameof(layers));
    }

    /// <summary>
    /// Copies of the layers' values, and the chosen outputs, for inputs and baselines, owned by the scope: in one pass where there is room.
    /// </summary>
    internal (LayerValues AtInputs, LayerValues AtBaselines) RecordEnds(DisposeScope owner)
    {
        var baselines = arguments.BaselineTensors();
        if (arguments.RowsPerExample == 1)
        {
            return (Record(arguments.Repeat(1), passes: 1, owner), Record((arguments with { Inputs = baselines }).Repeat(1), passes: 1, owner));
        }

        var both = Record(arguments.Together(baselines), passes: 2, owner);
        return (Half(0), Half(1));

        LayerValues Half(int index) =>
            new([.. both.Values.Select(tensors => tensors.Select(tensor => HalfOf(tensor, index)).ToArray())], HalfOf(both.Outputs, index));
    }

    /// <summary>
    /// The layers' values, made to require a gradient, and the outputs computed from them. Values are owned by the scope.
    /// </summary>
    internal LayerValues Watch(DisposeScope owner)
    {
        var values = new Tensor[]?[layers.Count];
        using var hooks = new LayerHooks(layers, onInput, (layer, tensors) =>
        {
            EnterOnce(values, layer);
            Tensor[] watched = [.. tensors.Select((tensor, i) => Watched(tensor, NameOf(layer, i, tensors.Count)))];
            values[layer] = [.. watched.Select(tensor => Keep(tensor.alias(), owner))];
            return [.. watched.Select(value => value.clone())]; // the model may change what it gets, in place
        });
        var outputs = Invoke(arguments.Repeat(1), steps: 1);
        return new(AllRan(values), outputs);
    }

    /// <summary>The outputs (steps · examples) when the layers' values are these, counted through layers and tuples.</summary>
    internal Tensor Replace(int steps, Tensor[][] values)
    {
        using var hooks = new LayerHooks(layers, onInput, (layer, tensors) => tensors.Count == values[layer].Length
            ? [.. values[layer].Select(value => value.clone())] // the model may change or dispose what it gets
            : throw new InvalidOperationException(
                $"{forward.NameOf(layers[layer])} returned {tensors.Count} tensors, but {values[layer].Length} before."));
        return Invoke(arguments.Repeat(steps), steps);
    }

    /// <summary>What one of a layer's values is called in messages.</summary>
    internal string NameOf(int layer, int index, int count)
    {
        var name = $"layer {forward.NameOf(layers[layer])}{(onInput ? " (its input)" : "")}";
        return count == 1 ? name : $"{name}, tensor {index}";
    }

    private Tensor Invoke(IReadOnlyList<Tensor?> inputs, int steps) =>
        forward.Invoke(inputs, arguments.Target, arguments.Examples, steps);

    private LayerValues Record(IReadOnlyList<Tensor?> inputs, int passes, DisposeScope owner)
    {
        var values = new Tensor[]?[layers.Count];
        using var scope = NewDisposeScope();
        using var hooks = new LayerHooks(layers, onInput, (layer, tensors) =>
        {
            EnterOnce(values, layer);
            values[layer] = [.. tensors.Select(tensor => Keep(tensor.detach().clone(), owner))];
            return tensors;
        });
        var outputs = Invoke(inputs, passes).detach().clone();
        return new(AllRan(values), Keep(outputs, owner));
    }

    private void EnterOnce(Tensor[]?[] values, int layer)
    {
        if (values[layer] is not null)
        {
            throw new InvalidOperationException(
                $"{NameOf(layer, 0, 1)} runs more than once in a forward pass, so its value is ambiguous: use a module for each run.");
        }
    }

    private Tensor[][] AllRan(Tensor[]?[] values) =>
        [.. values.Select((value, layer) => value ?? throw new InvalidOperationException(
            $"{NameOf(layer, 0, 1)} did not run in the forward pass: it is not on the path, or the model calls it with forward(…), " +
            "but only call(…) runs hooks."))];

    private static Tensor Watched(Tensor tensor, string name)
    {
        if (!tensor.is_floating_point())
        {
            throw new ArgumentException($"{name} has {tensor.dtype} values, which have no gradient: attribute to a later layer.");
        }

        return tensor.requires_grad ? tensor : tensor.detach().requires_grad_();
    }

    // What can't be halved does not have the rows as its first dimension: it stays whole, and PathSegment refuses it by name.
    private static Tensor HalfOf(Tensor tensor, int index) =>
        tensor.dim() > 0 && tensor.shape[0] % 2 == 0 ? tensor.chunk(2)[index] : tensor;

    // The model's own scopes end before the value is used.
    private static Tensor Keep(Tensor tensor, DisposeScope owner)
    {
        owner.Attach(tensor);
        return tensor;
    }
}

/// <summary>The layers' outputs or inputs in a pass, and its chosen outputs (examples).</summary>
internal sealed record LayerValues(Tensor[][] Values, Tensor Outputs);
