using static TorchSharp.torch;

namespace Vilt.Checkpoints;

/// <summary>The element types of safetensors that torch has here, smallest first, as safetensors sorts them.</summary>
internal sealed record SafetensorsType(string Name, ScalarType Type, int Size)
{
    internal static IReadOnlyList<SafetensorsType> All { get; } =
    [
        new("BOOL", ScalarType.Bool, 1), new("U8", ScalarType.Byte, 1), new("I8", ScalarType.Int8, 1), new("I16", ScalarType.Int16, 2),
        new("F16", ScalarType.Float16, 2), new("BF16", ScalarType.BFloat16, 2), new("I32", ScalarType.Int32, 4),
        new("F32", ScalarType.Float32, 4), new("F64", ScalarType.Float64, 8), new("I64", ScalarType.Int64, 8),
    ];

    internal int Rank => All.Index().First(entry => entry.Item == this).Index;
}
