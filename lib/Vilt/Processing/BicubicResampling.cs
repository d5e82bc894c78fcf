using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vilt.Data;

namespace Vilt.Processing;

/// <summary>Pillow's antialiased bicubic resize of 8-bit pictures (<c>Image.resize</c> with <c>BICUBIC</c>; its
/// <c>Resample.c</c>), to the bit: fixed-point weights, a horizontal pass, then a vertical one.</summary>
internal static class BicubicResampling
{
    // A 32-bit sum holds the 8 bits of a value, 2 bits for weights beyond 1 and below 0, and this fraction.
    private const int FractionBits = 32 - 8 - 2;
    private const int Half = 1 << (FractionBits - 1);

    private static readonly Vector128<byte> WithGaps = Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255); // 255: a zero

    /// <summary>Fills whole rows, (rows, W, 3), with the next ones of a picture.</summary>
    public delegate void RowReader(Span<byte> rows);

    /// <summary>Resizes a picture that is read row by row: only a few of its rows are held at a time.</summary>
    /// <param name="fromHeight">Rows of the picture.</param>
    /// <param name="fromWidth">Pixels in a row of it.</param>
    /// <param name="read">Reads its rows.</param>
    /// <param name="height">Rows wanted.</param>
    /// <param name="width">Pixels wanted in a row.</param>
    public static RgbImage Resize(int fromHeight, int fromWidth, RowReader read, int height, int width)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(3 * height * width); // (H', W', 3)
        if (fromHeight == height)
        {
            ResizeRows(read, fromWidth, width, pixels);
            return new RgbImage(width, height, pixels);
        }

        var length = 3 * fromHeight * width;
        var narrowed = ArrayPool<byte>.Shared.Rent(length); // (H, W', 3)
        try
        {
            ResizeRows(read, fromWidth, width, narrowed.AsSpan(0, length));
            ResizeColumns(narrowed, fromHeight, height, pixels);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(narrowed);
        }

        return new RgbImage(width, height, pixels);
    }

    private static void ResizeRows(RowReader read, int from, int to, Span<byte> target)
    {
        if (from == to)
        {
            read(target);
            return;
        }

        var windows = Array.ConvertAll(ResamplingWindow.All(from, to, FractionBits), window => window with { Weights = Lanes(window.Weights) });
        const int StripBytes = 1 << 17; // stays in a core's cache
        var rows = Math.Max(1, StripBytes / (from * 3));
        var strip = ArrayPool<byte>.Shared.Rent(rows * from * 3 + 16); // (rows, W, 3), and what is read beyond it but not used
        try
        {
            while (!target.IsEmpty)
            {
                rows = Math.Min(rows, target.Length / (to * 3));
                read(strip.AsSpan(0, rows * from * 3));
                for (var y = 0; y < rows; y++)
                {
                    ResizeRow(ref strip[y * from * 3], target.Slice(y * to * 3, to * 3), windows);
                }

                target = target[(rows * to * 3)..];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(strip);
        }
    }

    /// <summary>Sums the values of four pixels at a time, side by side. Sixteen bytes after the row must be there to be read.</summary>
    private static void ResizeRow(ref byte row, Span<byte> target, ResamplingWindow[] windows)
    {
        for (var x = 0; x < windows.Length; x++)
        {
            ref var seen = ref Unsafe.Add(ref row, windows[x].Start * 3);
            var lanes = windows[x].Weights;
            ref var weight = ref MemoryMarshal.GetArrayDataReference(lanes);
            var sums = Vector256<int>.Zero;
            for (var i = 0; i < lanes.Length; i += 16)
            {
                var (first, second) = Widen(Vector128.Shuffle(Vector128.LoadUnsafe(ref seen), WithGaps));
                sums += first * Vector256.LoadUnsafe(ref weight, (nuint)i);
                sums += second * Vector256.LoadUnsafe(ref weight, (nuint)(i + 8));
                seen = ref Unsafe.Add(ref seen, 12);
            }

            var sum = sums.GetLower() + sums.GetUpper() + Vector128.Create(Half);
            target[x * 3] = Clip(sum[0]);
            target[x * 3 + 1] = Clip(sum[1]);
            target[x * 3 + 2] = Clip(sum[2]);
        }
    }

    // Each weight four times, for red, green, blue and nothing; zeros fill up the last four pixels.
    private static int[] Lanes(int[] weights)
    {
        var lanes = new int[(weights.Length + 3) / 4 * 16];
        for (var i = 0; i < weights.Length; i++)
        {
            lanes.AsSpan(i * 4, 3).Fill(weights[i]);
        }

        return lanes;
    }

    private static void ResizeColumns(ReadOnlySpan<byte> source, int from, int to, Span<byte> target)
    {
        var windows = ResamplingWindow.All(from, to, FractionBits);
        var length = target.Length / to;
        var sums = new int[length];
        for (var y = 0; y < to; y++)
        {
            Array.Fill(sums, Half);
            var seen = windows[y].Start;
            foreach (var weight in windows[y].Weights)
            {
                AddRow(source.Slice(seen++ * length, length), weight, sums);
            }

            Clip(sums, target.Slice(y * length, length));
        }
    }

    private static void Clip(ReadOnlySpan<int> sums, Span<byte> target)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var value = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; i <= sums.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var lower = Vector128.Narrow(Clipped(ref sum, i), Clipped(ref sum, i + 4));
            var upper = Vector128.Narrow(Clipped(ref sum, i + 8), Clipped(ref sum, i + 12));
            Vector128.Narrow(lower, upper).StoreUnsafe(ref value, (nuint)i);
        }

        for (; i < sums.Length; i++)
        {
            target[i] = Clip(sums[i]);
        }
    }

    private static Vector128<uint> Clipped(ref int sums, int at) => Vector128.Clamp(
        Vector128.LoadUnsafe(ref sums, (nuint)at) >> FractionBits, Vector128<int>.Zero, Vector128.Create((int)byte.MaxValue)).AsUInt32();

    private static void AddRow(ReadOnlySpan<byte> row, int weight, Span<int> sums)
    {
        ref var value = ref MemoryMarshal.GetReference(row);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        var i = 0;
        for (; i <= row.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (first, second) = Widen(Vector128.LoadUnsafe(ref value, (nuint)i));
            (Vector256.LoadUnsafe(ref sum, (nuint)i) + first * weight).StoreUnsafe(ref sum, (nuint)i);
            (Vector256.LoadUnsafe(ref sum, (nuint)(i + 8)) + second * weight).StoreUnsafe(ref sum, (nuint)(i + 8));
        }

        for (; i < row.Length; i++)
        {
            sums[i] += weight * row[i];
        }
    }

    private static (Vector256<int> First, Vector256<int> Second) Widen(Vector128<byte> values)
    {
        var (lower, upper) = Vector128.Widen(values);
        return (Vector256.Create(Vector128.WidenLower(lower), Vector128.WidenUpper(lower)).AsInt32(),
            Vector256.Create(Vector128.WidenLower(upper), Vector128.WidenUpper(upper)).AsInt32());
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> FractionBits, byte.MinValue, byte.MaxValue);
}
