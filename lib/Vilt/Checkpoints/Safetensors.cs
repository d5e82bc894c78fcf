using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vilt.Data;
using static TorchSharp.torch;

namespace Vilt.Checkpoints;

/// <summary>The safetensors format: tensors by name, without code (https://huggingface.co/docs/safetensors).</summary>
public static class Safetensors
{
    private const int Alignment = 8;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The open file, which the caller disposes.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or in another format; the message says where.</exception>
    public static SafetensorsFile Open(string path) => SafetensorsFile.Open(path);

    /// <summary>Writes tensors in the order and form of the safetensors library; the file is replaced in one move.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Tensors by name, on any device.</param>
    /// <param name="metadata">Free text for the header; null: <c>format</c>: <c>pt</c>, which transformers expects.</param>
    /// <exception cref="ArgumentException">A tensor has a type that the format lacks, or a name that it reserves.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        List<(string Name, Tensor Tensor, SafetensorsType Type)> sorted = [.. tensors
            .Select(pair => (Name: pair.Key, Tensor: pair.Value, Type: TypeOf(pair.Key, pair.Value)))
            .OrderByDescending(item => item.Type.Rank).ThenBy(item => item.Name, StringComparer.Ordinal)];
        var header = Header(sorted, metadata ?? new Dictionary<string, string> { ["format"] = "pt" });
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach ((_, var tensor, _) in sorted)
            {
                WriteBytes(stream, tensor);
            }
        });
    }

    private static SafetensorsType TypeOf(string name, Tensor tensor)
    {
        if (name == SafetensorsHeader.MetadataName)
        {
            throw new ArgumentException($"A tensor may not be named {name}.", nameof(tensor));
        }

        return SafetensorsType.All.FirstOrDefault(type => type.Type == tensor.dtype && type.ReadAs is null)
            ?? throw new ArgumentException($"{name} is {tensor.dtype}, which safetensors does not store.", nameof(tensor));
    }

    /// <summary>The header's length, the header, and spaces so that the data begins on a multiple of 8 bytes.</summary>
    private static byte[] Header(List<(string Name, Tensor Tensor, SafetensorsType Type)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Dictionary<string, object> fields = [];
        if (metadata.Count > 0)
        {
            fields.Add(SafetensorsHeader.MetadataName, metadata);
        }

        long end = 0;
        foreach (var (name, tensor, type) in tensors)
        {
            var begin = end;
            end += tensor.numel() * type.Size;
            fields.Add(name, new { dtype = type.Name, shape = tensor.shape, data_offsets = new[] { begin, end } });
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(fields, Plain);
        var length = (json.Length + Alignment - 1) / Alignment * Alignment;
        var header = new byte[sizeof(ulong) + length];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        json.CopyTo(header, sizeof(ulong));
        header.AsSpan(sizeof(ulong) + json.Length).Fill((byte)' ');
        return header;
    }

    private static void WriteBytes(Stream stream, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        if (plain.numel() > 0)
        {
            stream.Write(plain.bytes);
        }
    }
}
