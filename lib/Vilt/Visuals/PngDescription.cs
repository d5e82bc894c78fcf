using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Vilt.Visuals;

/// <summary>Writes what a PNG file shows into the file, where picture viewers and search indexes look for it.</summary>
internal static class PngDescription
{
    private const int HeaderEnd = 33;

    // A chunk of international text (PNG specification, 11.3.3.4): not compressed, no language given, with a registered keyword.
    private static readonly byte[] Start = [.. "iTXtDescription"u8, 0, 0, 0, 0, 0];

    /// <summary>The same picture with its description.</summary>
    internal static byte[] Add(ReadOnlySpan<byte> png, string description)
    {
        byte[] content = [.. Start, .. Encoding.UTF8.GetBytes(description)];
        var chunk = new byte[content.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length - 4); // without its type
        content.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4..), Crc32.HashToUInt32(content));
        return [.. png[..HeaderEnd], .. chunk, .. png[HeaderEnd..]];
    }
}
