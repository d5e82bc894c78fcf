namespace Vilt.Checkpoints.Pickle;

/// <summary>What the calls in a state dict's pickle amount to (torch/_utils.py, torch/serialization.py).</summary>
internal static class PickledObjects
{
    private const int MostDimensions = 64; // as in torch; a tuple that refers to others over and over would grow without end

    /// <summary>A persistent id, which <c>torch.save</c> writes only for storages: ("storage", type, key, device, count).</summary>
    internal static PickledStorage Storage(object? id) =>
        id is object?[] and ["storage", PickleGlobal { Storage: { } type }, string key, string, long count] && count >= 0
            ? new(type, key, count)
            : throw new FormatException("it refers to something outside the pickle that is not a torch storage");

    /// <summary>A call: the function, and the tuple of its arguments.</summary>
    internal static object Reduce(object? function, object? arguments) => ((function as PickleGlobal)?.Name, arguments) switch
    {
        (PickleGlobal.OrderedDict, object?[] and []) => new Dictionary<string, object?>(),
        (PickleGlobal.Tensor, object?[] and [PickledStorage storage, long offset, object?[] shape, object?[] strides, ..]) =>
            new PickledTensor(storage, offset, Integers(shape), Integers(strides)),
        (PickleGlobal.Parameter, object?[] and [PickledTensor tensor, ..]) => tensor,
        (string name, _) => throw new FormatException($"it calls {name} with arguments that a state dict does not have"),
        _ => throw new FormatException("its pickle calls something that is not a function"),
    };

    private static long[] Integers(object?[] values) => values.Length > MostDimensions
        ? throw new FormatException($"a tensor has {values.Length} dimensions; expected at most {MostDimensions}")
        : [.. values.Select(value => value as long? ?? throw new FormatException("a tensor's shape or strides are not integers"))];
}
