using System.Buffers.Binary;

namespace Vilt.Data;

/// <summary>Handles 16-bit gray PNG files, of which SkiaSharp gives only the upper 8 bits, whatever color type is asked for.</summary>
internal static class PngFile
{
    private const int Header = 12, Depth = 24, ColorType = 25, HeaderCheck = 29, HeaderEnd = 33;

    /// <summary>Whether the file is a PNG whose header (IHDR) says bit depth 16 and color type 0, gray.</summary>
    public static bool IsSixteenBitGray(ReadOnlySpan<byte> file) =>
        file.Length > HeaderEnd && file[1..4].SequenceEqual("PNG"u8) && file[Depth] == 16 && file[ColorType] == 0;

    /// <summary>The same file with a header that calls the two bytes of each pixel 8-bit gray and 8-bit alpha: their
    /// layout, filters and interlacing are the same.</summary>
    public static byte[] AsGrayAndAlpha(ReadOnlySpan<byte> file)
    {
        byte[] other = [.. file];
        other[Depth] = 8;
        other[ColorType] = 4;
        BinaryPrimitives.WriteUInt32BigEndian(other.AsSpan(HeaderCheck), Crc(other.AsSpan(Header..HeaderCheck)));
        return other;
    }

    // The checksum of PNG chunks (PNG specification, annex D), bit by bit: it covers only 17 bytes.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
