using System.IO.Compression;

namespace Vilt.Tests.Checkpoints.Pickle;

/// <summary>Writes archives as <c>torch.save</c> does, right ones and wrong ones.</summary>
internal static class TorchSave
{
    /// <summary>An archive of a pickle and of records by name.</summary>
    public static byte[] Archive(byte[] pickle, IEnumerable<(string Name, byte[] Content)> records, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in records.Prepend(("data.pkl", pickle)))
            {
                using var record = zip.CreateEntry("archive/" + name, level).Open();
                record.Write(content);
            }
        }

        return file.ToArray();
    }

    /// <summary>An archive of tensors, whose storages hold these bytes.</summary>
    public static byte[] Archive(IReadOnlyDictionary<string, SavedTensor> tensors, IReadOnlyDictionary<string, byte[]> storages) =>
        Archive(Pickle(tensors), storages.Select(storage => ($"data/{storage.Key}", storage.Value)));

    /// <summary>An archive of a tensor <c>x</c> that looks, rightly or not, into a storage of the numbers from 0 to 5.</summary>
    public static byte[] SixFloats(long count, long offset, long[] shape, long[] strides) => Archive(
        new Dictionary<string, SavedTensor> { ["x"] = new("Float", "0", count, offset, shape, strides) },
        new Dictionary<string, byte[]> { ["0"] = [.. Enumerable.Range(0, 6).SelectMany(i => BitConverter.GetBytes((float)i))] });

    /// <summary>An archive of contiguous single-precision tensors on the CPU.</summary>
    public static byte[] StateDict(IReadOnlyDictionary<string, TorchSharp.torch.Tensor> tensors)
    {
        Dictionary<string, SavedTensor> saved = [];
        Dictionary<string, byte[]> storages = [];
        foreach (var (name, tensor) in tensors)
        {
            var key = $"{storages.Count}";
            saved[name] = new("Float", key, tensor.numel(), 0, tensor.shape, tensor.stride());
            storages[key] = tensor.bytes.ToArray();
        }

        return Archive(saved, storages);
    }

    /// <summary>The pickle of a state dict, as <c>torch.save</c> writes it with protocol 2.</summary>
    public static byte[] Pickle(IReadOnlyDictionary<string, SavedTensor> tensors)
    {
        var pickle = new PickleWriter();
        pickle.Op(0x80, 2).Global("collections", "OrderedDict").Op(')', 'R').Op('(');
        foreach (var (name, tensor) in tensors)
        {
            pickle.Text(name).Global("torch._utils", "_rebuild_tensor_v2").Op('(');
            pickle.Op('(').Text("storage").Global("torch", tensor.Type + "Storage").Text(tensor.Key).Text("cpu").Integer(tensor.Count).Op('t', 'Q');
            pickle.Integer(tensor.Offset).Tuple(tensor.Shape).Tuple(tensor.Strides);
            pickle.Op(0x89).Global("collections", "OrderedDict").Op(')', 'R').Op('t', 'R');
        }

        return pickle.Op('u', '.').ToArray();
    }
}
