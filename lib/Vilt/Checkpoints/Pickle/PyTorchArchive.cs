using System.IO.Compression;
using System.Text;

namespace Vilt.Checkpoints.Pickle;

/// <summary>
/// The zip file that <c>torch.save</c> has written since PyTorch 1.6: a pickle, and a record for each storage, none compressed
/// (PyTorch's <c>caffe2/serialize/inline_container.h</c>).
/// </summary>
internal sealed class PyTorchArchive : IDisposable
{
    private const string Pickle = "data.pkl";

    private readonly Dictionary<string, (long Offset, long Length)> records = [];
    private readonly MappedFile file;

    /// <exception cref="FormatException">It is not such an archive; the message does not name the file.</exception>
    internal PyTorchArchive(FileStream stream)
    {
        CheckForm(stream);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true))
        {
            Locate(zip, stream);
        }

        if (records.ContainsKey("constants.pkl"))
        {
            throw new FormatException("it is a TorchScript program; expected a state dict");
        }

        if (!records.ContainsKey(Pickle))
        {
            throw new FormatException($"it is a zip file without {Pickle}; expected what torch.save writes");
        }

        file = new MappedFile(stream);
        if (records.ContainsKey("byteorder") && Encoding.ASCII.GetString(Read("byteorder")) is not "little" and string order)
        {
            throw new FormatException($"its byte order is \"{order}\"; expected \"little\"");
        }
    }

    /// <summary>Bytes of the record of a storage, or null if there is none.</summary>
    internal long? LengthOf(PickledStorage storage) => records.TryGetValue($"data/{storage.Key}", out (long, long Length) record) ? record.Length : null;

    /// <summary>The pickle's bytes.</summary>
    internal byte[] ReadPickle() => Read(Pickle);

    /// <summary>Copies bytes of a storage.</summary>
    internal void Copy(PickledStorage storage, long offset, Span<byte> target) => file.Copy(records[$"data/{storage.Key}"].Offset + offset, target);

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private byte[] Read(string name)
    {
        var (offset, length) = records[name];
        var bytes = new byte[length];
        file.Copy(offset, bytes);
        return bytes;
    }

    private static void CheckForm(FileStream stream)
    {
        var start = new byte[262];
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            return;
        }

        throw new FormatException(
            start.AsSpan(257).StartsWith("ustar"u8) || start.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x80, 0x02, 0x8A, 0x0A])
                ? "it is in the format from before PyTorch 1.6; with a newer PyTorch, torch.save(torch.load(path, weights_only=True), path) converts it"
            : start[0] == 0x80 ? "it is a bare pickle; expected the zip file that torch.save writes"
            : start.AsSpan().StartsWith("version https://git-lfs"u8) ? "it is a Git LFS pointer, not the file itself; git lfs pull fetches that"
            : count == 0 ? "it is empty" : "it is not a zip file; expected what torch.save writes");
    }

    private void Locate(ZipArchive zip, FileStream stream)
    {
        foreach (var entry in zip.Entries)
        {
            // All records lie in one folder, named after the file that was first written.
            var name = entry.FullName[(entry.FullName.IndexOf('/', StringComparison.Ordinal) + 1)..];
            if (entry.CompressedLength != entry.Length)
            {
                throw new FormatException($"its record {name} is compressed; torch.save writes records uncompressed");
            }

            if (entry.Length > int.MaxValue)
            {
                throw new FormatException($"its record {name} has {entry.Length} bytes; at most {int.MaxValue} can be read");
            }

            if (!records.TryAdd(name, (Offset(entry, stream), entry.Length)))
            {
                throw new FormatException($"its record {name} is there twice");
            }
        }
    }

    /// <summary>Where a record's bytes begin. The library does not say, but it reads uncompressed records straight from the file:
    /// after the first byte, the file's position is just past it.</summary>
    private static long Offset(ZipArchiveEntry entry, FileStream stream)
    {
        if (entry.Length == 0)
        {
            return 0;
        }

        using var record = entry.Open();
        var first = record.ReadByte();
        var offset = stream.Position - 1;
        stream.Position = offset;
        if (first < 0 || stream.ReadByte() != first || entry.Length > stream.Length - offset)
        {
            throw new FormatException($"its record {entry.FullName} is compressed or is outside the file");
        }

        return offset;
    }
}
