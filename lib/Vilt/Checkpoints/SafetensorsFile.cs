using System.Buffers.Binary;
using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Checkpoints;

/// <summary>
/// An open safetensors file. It is mapped into memory: a tensor's bytes are read when the tensor is read, and copied once.
/// </summary>
public sealed class SafetensorsFile : ITensorFile
{
    private readonly SafetensorsHeader header;
    private readonly MappedFile file;
    private readonly long dataStart;

    private SafetensorsFile(string path, SafetensorsHeader header, MappedFile file, long dataStart)
    {
        Path = path;
        this.header = header;
        this.file = file;
        this.dataStart = dataStart;
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>Names of the tensors, in ordinal order.</summary>
    public IEnumerable<string> Names => header.Entries.Keys;

    /// <summary>The free text of the header, such as <c>format</c>: <c>pt</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Whether there is a tensor of this name.</summary>
    public bool Contains(string name) => header.Entries.ContainsKey(name);

    /// <summary>Shape of a tensor.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    public IReadOnlyList<long> ShapeOf(string name) => Entry(name).Shape;

    /// <summary>
    /// Reads one tensor. TorchSharp has no names for some of torch's types: U16 comes as int32, U32 and U64 as int64, 8-bit types that
    /// begin with F8 as float32, with the same values.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="device">Where to put it; null: CPU.</param>
    /// <returns>A new tensor, which the caller disposes.</returns>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    /// <exception cref="InvalidDataException">Its type is one that torch does not have here, or it is too large.</exception>
    public Tensor Read(string name, Device? device = null)
    {
        var entry = Readable(name);
        using var scope = NewDisposeScope();
        // Read as bytes: a bool is any byte but 0 in the file, but only 0 or 1 in torch.
        var stored = entry.Type.Type == ScalarType.Bool ? ScalarType.Byte : entry.Type.Type!.Value;
        var tensor = empty(entry.Shape, stored);
        Copy(entry, tensor.bytes);
        var given = tensor.to(entry.Type.ReadAs ?? entry.Type.Type.Value, device ?? CPU);
        if (entry.Type.Name == "U64" && given.numel() > 0 && given.min().item<long>() < 0)
        {
            throw new InvalidDataException($"{Path}: {name} is U64 and holds numbers above {long.MaxValue}, which cannot be read here.");
        }

        return given.MoveToOuterDisposeScope();
    }

    void ITensorFile.ReadInto(string name, Tensor target) => ReadInto(name, target);

    /// <summary>Reads one tensor into another of the same shape, converting if their types differ.</summary>
    internal void ReadInto(string name, Tensor target)
    {
        var entry = Readable(name);
        if (entry.Type.Type == target.dtype && target.dtype != ScalarType.Bool && target.device_type == DeviceType.CPU && target.is_contiguous())
        {
            Copy(entry, target.bytes);
            return;
        }

        using var noGrad = no_grad();
        using var tensor = Read(name);
        target.copy_(tensor);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    internal static SafetensorsFile Open(string path)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("safetensors files are read only on little-endian machines.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no {path}.", path);
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var (header, dataStart) = ReadHeader(stream);
            return new(path, header, new MappedFile(stream), dataStart);
        }
        catch (Exception error)
        {
            stream.Dispose();
            if (error is not FormatException)
            {
                throw;
            }

            throw new InvalidDataException($"{path} is not a valid safetensors file: {error.Message}.", error);
        }
    }

    private static (SafetensorsHeader Header, long DataStart) ReadHeader(FileStream stream)
    {
        const int prefix = sizeof(ulong);
        if (stream.Length < prefix)
        {
            throw new FormatException($"it has {stream.Length} bytes; expected {prefix} with the header's length and more");
        }

        var bytes = new byte[prefix];
        stream.ReadExactly(bytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > SafetensorsHeader.MaxLength)
        {
            throw new FormatException($"its header would have {length} bytes; at most {SafetensorsHeader.MaxLength} are allowed");
        }

        if ((long)length > stream.Length - prefix)
        {
            throw new FormatException($"its header should have {length} bytes, but the file ends after {stream.Length - prefix}; it may be cut off");
        }

        bytes = new byte[length];
        stream.ReadExactly(bytes);
        var dataStart = prefix + (long)length;
        return (SafetensorsHeader.Parse(bytes, stream.Length - dataStart), dataStart);
    }

    private SafetensorsEntry Entry(string name) =>
        header.Entries.TryGetValue(name, out var entry) ? entry : throw new KeyNotFoundException($"The file has no tensor {name}.");

    private SafetensorsEntry Readable(string name)
    {
        var entry = Entry(name);
        if (entry.Type.Type is null)
        {
            var known = string.Join(", ", SafetensorsType.All.Where(type => type.Type is not null).Select(type => type.Name));
            throw new InvalidDataException($"{Path}: {name} has the dtype {entry.Type.Name}, which cannot be read here; expected one of {known}.");
        }

        return entry.Length <= int.MaxValue ? entry
            : throw new InvalidDataException($"{Path}: {name} has {entry.Length} bytes; at most {int.MaxValue} can be read.");
    }

    private void Copy(SafetensorsEntry entry, Span<byte> target) => file.Copy(dataStart + entry.Begin, target[..(int)entry.Length]);
}
