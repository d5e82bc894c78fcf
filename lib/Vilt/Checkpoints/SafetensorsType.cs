using static TorchSharp.torch;

namespace Vilt.Checkpoints;

/// <summary>An element type of safetensors (its <c>Dtype</c>, release 0.8).</summary>
/// <param name="Name">As files write it.</param>
/// <param name="Bits">Bits of an element; null for a type that is not known.</param>
/// <param name="Type">Torch's type; null if it has none.</param>
/// <param name="ReadAs">The type that elements are read as, if TorchSharp has no name for theirs: one that can hold every value.</param>
internal sealed record SafetensorsType(string Name, int? Bits, ScalarType? Type = null, ScalarType? ReadAs = null)
{
    // c10::ScalarType's numbers of types that TorchSharp does not name.
    private const ScalarType UInt16 = (ScalarType)27, UInt32 = (ScalarType)28, UInt64 = (ScalarType)29;
    private const ScalarType Float8E5M2 = (ScalarType)23, Float8E4M3 = (ScalarType)24, Float8E8M0 = (ScalarType)44;
    private const ScalarType Float8E5M2Fnuz = (ScalarType)25, Float8E4M3Fnuz = (ScalarType)26;

    /// <summary>The types in the library's order, in which it sorts tensors.</summary>
    internal static IReadOnlyList<SafetensorsType> All { get; } =
    [
        new("BOOL", 8, ScalarType.Bool), new("F4", 4), new("F6_E2M3", 6), new("F6_E3M2", 6), new("U8", 8, ScalarType.Byte),
        new("I8", 8, ScalarType.Int8), new("F8_E5M2", 8, Float8E5M2, ScalarType.Float32), new("F8_E4M3", 8, Float8E4M3, ScalarType.Float32),
        new("F8_E8M0", 8, Float8E8M0, ScalarType.Float32), new("F8_E4M3FNUZ", 8, Float8E4M3Fnuz, ScalarType.Float32),
        new("F8_E5M2FNUZ", 8, Float8E5M2Fnuz, ScalarType.Float32), new("I16", 16, ScalarType.Int16), new("U16", 16, UInt16, ScalarType.Int32), new("F16", 16, ScalarType.Float16),
        new("BF16", 16, ScalarType.BFloat16), new("I32", 32, ScalarType.Int32), new("U32", 32, UInt32, ScalarType.Int64),
        new("F32", 32, ScalarType.Float32), new("C64", 64, ScalarType.ComplexFloat32), new("F64", 64, ScalarType.Float64),
        new("I64", 64, ScalarType.Int64), new("U64", 64, UInt64, ScalarType.Int64),
    ];

    /// <summary>Bytes of an element of a type that torch has.</summary>
    internal int Size => Bits!.Value / 8;

    internal int Rank => All.Index().First(entry => entry.Item == this).Index;

    /// <summary>The type with a name; an unknown one can be skipped, but not read.</summary>
    internal static SafetensorsType Of(string name) => All.FirstOrDefault(type => type.Name == name) ?? new(name, Bits: null);
}
