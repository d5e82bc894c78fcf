using static TorchSharp.torch;

namespace Vilt.Checkpoints.Pickle;

/// <summary>
/// The few names that the pickle of a state dict refers to (torch's <c>Tensor.__reduce_ex__</c> and <c>torch.save</c>).
/// None is ever imported or called: each stands for something that the reader does itself.
/// </summary>
/// <param name="Name">Module and name.</param>
/// <param name="Storage">The type of the elements, where it is one of torch's typed storages.</param>
internal sealed record PickleGlobal(string Name, SafetensorsType? Storage = null)
{
    internal const string OrderedDict = "collections.OrderedDict", Tensor = "torch._utils._rebuild_tensor_v2",
        Parameter = "torch._utils._rebuild_parameter";

    private static readonly Dictionary<string, PickleGlobal> Known = new PickleGlobal[]
    {
        new(OrderedDict), new(Tensor), new(Parameter),
        Typed("Double", ScalarType.Float64), Typed("Float", ScalarType.Float32), Typed("Half", ScalarType.Float16),
        Typed("BFloat16", ScalarType.BFloat16), Typed("Long", ScalarType.Int64), Typed("Int", ScalarType.Int32),
        Typed("Short", ScalarType.Int16), Typed("Char", ScalarType.Int8), Typed("Byte", ScalarType.Byte), Typed("Bool", ScalarType.Bool),
    }.ToDictionary(global => global.Name);

    /// <exception cref="FormatException">The name is not one that a state dict uses.</exception>
    internal static PickleGlobal Find(string module, string name) => Known.TryGetValue($"{module}.{name}", out var global)
        ? global
        : throw new FormatException($"it refers to {module}.{name}, which no state dict needs; none of it was run. "
            + "With PyTorch, torch.save(model.state_dict(), path) writes a file that can be read");

    private static PickleGlobal Typed(string name, ScalarType type) =>
        new($"torch.{name}Storage", SafetensorsType.All.First(known => known.Type == type));
}
