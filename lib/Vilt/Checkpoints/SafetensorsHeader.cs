using System.Text.Json;

namespace Vilt.Checkpoints;

/// <summary>
/// The JSON header of a safetensors file (https://huggingface.co/docs/safetensors, "Format"): name → dtype, shape, data_offsets,
/// and free text under <c>__metadata__</c>. Nothing in it is trusted.
/// </summary>
internal sealed class SafetensorsHeader
{
    internal const int MaxLength = 100_000_000; // safetensors' own limit
    internal const string MetadataName = "__metadata__";

    private readonly SortedDictionary<string, SafetensorsEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> metadata = [];

    internal IReadOnlyDictionary<string, SafetensorsEntry> Entries => entries;

    internal IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <param name="json">The header's bytes.</param>
    /// <param name="dataLength">Bytes after the header.</param>
    /// <exception cref="FormatException">It is not valid; the message does not name the file.</exception>
    internal static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength)
    {
        var header = new SafetensorsHeader();
        try
        {
            using var document = JsonDocument.Parse(json, new() { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("the header must be a JSON object");
            }

            foreach (var property in document.RootElement.EnumerateObject())
            {
                header.Add(property.Name, property.Value, dataLength);
            }
        }
        catch (JsonException error)
        {
            throw new FormatException($"the header is not valid JSON ({error.Message})", error);
        }
        catch (InvalidOperationException error) // a name that is not valid Unicode
        {
            throw new FormatException($"the header is not valid JSON ({error.Message})", error);
        }

        header.CheckCovers(dataLength);
        return header;
    }

    private void Add(string name, JsonElement value, long dataLength)
    {
        if (name == MetadataName && value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"\"{name}\" must be an object");
        }

        if (name == MetadataName)
        {
            foreach (var text in value.EnumerateObject())
            {
                if (text.Value.ValueKind != JsonValueKind.String)
                {
                    throw new FormatException($"{MetadataName}.{text.Name} must be text");
                }

                metadata.Add(text.Name, text.Value.GetString()!);
            }

            return;
        }

        var type = ReadType(name, value);
        long[] shape = ReadIntegers(name, value, "shape"), offsets = ReadIntegers(name, value, "data_offsets");
        if (offsets is not [long begin, long end] || begin > end || end > dataLength)
        {
            throw new FormatException($"{name}: data_offsets is [{string.Join(", ", offsets)}]; expected a beginning and an end within {dataLength} bytes");
        }

        if (type.Bits is { } bits && BitCount(shape, bits) != (UInt128)8 * (UInt128)(end - begin))
        {
            throw new FormatException($"{name}: {type.Name} [{string.Join(", ", shape)}] does not fit its {end - begin} bytes");
        }

        entries.Add(name, new(type, shape, begin, end));
    }

    private static SafetensorsType ReadType(string name, JsonElement value)
    {
        if (!value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String)
        {
            throw new FormatException($"{name} has no dtype");
        }

        return SafetensorsType.Of(dtype.GetString()!);
    }

    private static long[] ReadIntegers(string name, JsonElement value, string field)
    {
        if (!value.TryGetProperty(field, out var array) || array.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"{name} has no {field}");
        }

        return [.. array.EnumerateArray().Select(item =>
            item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number) && number >= 0
                ? number
                : throw new FormatException($"{name}: {field} holds {item.GetRawText()}; expected integers of 0 or more"))];
    }

    /// <summary>The bits of a tensor; the largest number there is, if they are more than a file could have.</summary>
    private static UInt128 BitCount(long[] shape, int bits)
    {
        var count = (UInt128)bits;
        foreach (var side in shape)
        {
            count *= (UInt128)side;
            if (count > long.MaxValue)
            {
                return shape.Contains(0) ? 0 : UInt128.MaxValue;
            }
        }

        return count;
    }

    /// <summary>Tensors must cover the data part without overlaps or gaps.</summary>
    private void CheckCovers(long dataLength)
    {
        long covered = 0;
        foreach (var (name, entry) in entries.OrderBy(pair => pair.Value.Begin).ThenBy(pair => pair.Value.End))
        {
            if (entry.Begin != covered)
            {
                throw new FormatException($"{name} begins at byte {entry.Begin} of the data; expected {covered}, where the previous one ends");
            }

            covered = entry.End;
        }

        if (covered != dataLength)
        {
            throw new FormatException($"the tensors cover {covered} bytes, but {dataLength} follow the header");
        }
    }
}

/// <summary>One tensor of a safetensors file: its type, its shape, and its bytes' place in the data part.</summary>
internal sealed record SafetensorsEntry(SafetensorsType Type, long[] Shape, long Begin, long End)
{
    internal long Length => End - Begin;
}
