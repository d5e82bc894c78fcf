namespace Vilt.Checkpoints;

/// <summary>One tensor of a safetensors file: its type, its shape, and its bytes' place in the data part.</summary>
internal sealed record SafetensorsEntry(SafetensorsType Type, long[] Shape, long Begin, long End)
{
    internal long Length => End - Begin;
}
