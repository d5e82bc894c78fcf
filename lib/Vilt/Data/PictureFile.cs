using System.Buffers.Binary;
using SkiaSharp;

namespace Vilt.Data;

/// <summary>The few facts about a picture file that matter to Pillow and that SkiaSharp does not report.</summary>
internal static class PictureFile
{
    /// <summary>Whether the file ends too early, where Skia would draw what is there without an error.</summary>
    public static bool IsCutShort(ReadOnlySpan<byte> file, SKEncodedImageFormat format) => format switch
    {
        SKEncodedImageFormat.Jpeg => !JpegReachesItsEnd(file),
        SKEncodedImageFormat.Webp => BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L > file.Length, // RIFF: size of the rest
        _ => false,
    };

    /// <summary>A BMP of 16 bits per pixel: usually 5-5-5, or 5-6-5 if bit masks say so.</summary>
    public static bool IsSixteenBitBmp(ReadOnlySpan<byte> file, out int greenBits)
    {
        const int HeaderSize = 14, Depth = 28, Compression = 30, GreenMask = 58, BitFields = 3;
        greenBits = 5;
        if (BinaryPrimitives.ReadInt32LittleEndian(file[HeaderSize..]) < 40 || file[Depth] != 16)
        {
            return false;
        }

        var masks = BinaryPrimitives.ReadInt32LittleEndian(file[Compression..]) == BitFields;
        if (masks && BinaryPrimitives.ReadInt32LittleEndian(file[GreenMask..]) == 0x7E0)
        {
            greenBits = 6;
        }

        return true;
    }

    /// <summary>Color of a GIF's first frame where it is transparent, or where it leaves the screen uncovered (Pillow:
    /// the transparent entry of the palette, or the first one).</summary>
    public static (byte Red, byte Green, byte Blue) GifTransparentColor(ReadOnlySpan<byte> file)
    {
        const int ScreenEnd = 13, ScreenFlags = 10;
        var palette = Palette(file, ScreenFlags, ScreenEnd);
        int at = ScreenEnd + palette.Length, transparent = 0;
        while (file[at] == '!') // extensions before the first frame: label, then blocks up to an empty one
        {
            const byte GraphicControl = 0xF9;
            if (file[at + 1] == GraphicControl)
            {
                transparent = (file[at + 3] & 1) == 1 ? file[at + 6] : 0;
            }

            for (at += 2; file[at] != 0; at += file[at] + 1) { }

            at++;
        }

        var own = Palette(file, at + 9, at + 10);
        var used = own.IsEmpty ? palette : own;
        return transparent * 3 < used.Length ? (used[transparent * 3], used[transparent * 3 + 1], used[transparent * 3 + 2]) : default;
    }

    private static ReadOnlySpan<byte> Palette(ReadOnlySpan<byte> file, int flags, int start) =>
        (file[flags] & 0x80) == 0 ? [] : file.Slice(start, 3 << ((file[flags] & 7) + 1));

    // Segments have a length, but the coded data after a start of scan run to the next marker (ITU T.81, annex B).
    private static bool JpegReachesItsEnd(ReadOnlySpan<byte> file)
    {
        const byte Mark = 0xFF, EndOfImage = 0xD9, StartOfScan = 0xDA;
        var at = 2;
        while (at + 1 < file.Length)
        {
            if (file[at] != Mark || file[at + 1] == Mark) { at++; continue; } // stray or fill bytes

            var marker = file[at + 1];
            if (marker == EndOfImage)
            {
                return true;
            }

            if (marker is 0 or 1 or (>= 0xD0 and <= 0xD7)) { at += 2; continue; } // stuffing and restarts, without a length

            if (at + 3 >= file.Length)
            {
                return false;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (marker == StartOfScan)
            {
                while (at + 1 < file.Length && (file[at] != Mark || file[at + 1] is 0 or Mark))
                {
                    at++;
                }
            }
        }

        return false;
    }
}
