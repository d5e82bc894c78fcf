using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Checkpoints.Pickle;

/// <summary>A state dict as <c>torch.save</c> writes it, <c>pytorch_model.bin</c>. Its pickle is read, never run.</summary>
internal sealed class PyTorchFile : ITensorFile
{
    private readonly PyTorchArchive archive;
    private readonly IReadOnlyDictionary<string, PickledTensor> tensors;

    private PyTorchFile(string path, PyTorchArchive archive, IReadOnlyDictionary<string, PickledTensor> tensors)
    {
        Path = path;
        this.archive = archive;
        this.tensors = tensors;
    }

    public string Path { get; }

    public IEnumerable<string> Names => tensors.Keys;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is damaged, in another format, or more than a state dict; the message says which.
    /// </exception>
    internal static PyTorchFile Open(string path)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("PyTorch's files are read on little-endian machines only.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no {path}.", path);
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var archive = new PyTorchArchive(stream);
            var tensors = new PickleReader(archive.ReadPickle()).ReadStateDict();
            foreach (var (name, tensor) in tensors)
            {
                Check(name, tensor, archive);
            }

            return new(path, archive, tensors);
        }
        catch (Exception error)
        {
            stream.Dispose();
            if (error is not (FormatException or InvalidDataException))
            {
                throw;
            }

            throw new InvalidDataException($"{path} can't be read as a PyTorch file: {error.Message.TrimEnd('.')}.", error);
        }
    }

    public IReadOnlyList<long> ShapeOf(string name) => tensors[name].Shape;

    public void ReadInto(string name, Tensor target)
    {
        var tensor = tensors[name];
        var type = tensor.Storage.Type;
        if (tensor.IsContiguous && type.Type == target.dtype && type.Type != ScalarType.Bool && target.device_type == DeviceType.CPU && target.is_contiguous())
        {
            if (tensor.Count > 0)
            {
                archive.Copy(tensor.Storage, tensor.Offset * type.Size, target.bytes);
            }

            return;
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        target.copy_(View(tensor));
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    private Tensor View(PickledTensor tensor)
    {
        var type = tensor.Storage.Type.Type!.Value; // torch's storages always have one of its own types
        // Read as bytes: a bool is any byte but 0 in the file, but only 0 or 1 in torch.
        var storage = empty(tensor.Storage.Count, type == ScalarType.Bool ? ScalarType.Byte : type);
        if (tensor.Storage.Count > 0)
        {
            archive.Copy(tensor.Storage, 0, storage.bytes);
        }

        return storage.as_strided(tensor.Shape, tensor.Strides, tensor.Offset).to(type);
    }

    private static void Check(string name, PickledTensor tensor, PyTorchArchive archive)
    {
        try
        {
            tensor.Check();
        }
        catch (FormatException error)
        {
            throw new FormatException($"{name}: {error.Message}", error);
        }

        var storage = tensor.Storage;
        if (archive.LengthOf(storage) is not long length)
        {
            throw new FormatException($"{name}: there is no record data/{storage.Key}");
        }

        if (storage.Count > length / storage.Type.Size)
        {
            throw new FormatException($"{name}: {storage.Count} elements of {storage.Type.Name} do not fit the {length} bytes of its record data/{storage.Key}");
        }
    }
}
