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
    private const double KernelRadius = 2;

    public static RgbImage Resize(RgbImage image, int height, int width)
    {
        byte[] pixels = image.Pixels; // (H, W, 3)
        if (width != image.Width) pixels = ResizeRows(pixels, image.Height, image.Width, width); // (H, W', 3)
        if (height != image.Height) pixels = ResizeColumns(pixels, image.Height, width, height); // (H', W', 3)
        return new RgbImage(width, height, pixels == image.Pixels ? [.. pixels] : pixels);
    }

    private static byte[] ResizeRows(byte[] source, int height, int from, int to)
    {
        Window[] windows = Windows(from, to);
        byte[] result = GC.AllocateUninitializedArray<byte>(3 * height * to);
        Parallel.For(0, height, y =>
        {
            // The last row is summed value by value: four bytes for three values would be read beyond the array's end.
            ReadOnlySpan<byte> row = source.AsSpan(y * from * 3, from * 3);
            Span<byte> target = result.AsSpan(y * to * 3, to * 3);
            if (y < height - 1) ResizeRow(ref MemoryMarshal.GetReference(row), target, windows);
            else ResizeLastRow(row, target, windows);
        });
        return result;
    }

    /// <summary>Sums the three values of a pixel side by side. One byte after the row must be there to be read.</summary>
    private static void ResizeRow(ref byte row, Span<byte> target, Window[] windows)
    {
        for (int x = 0; x < windows.Length; x++)
        {
            ref byte seen = ref Unsafe.Add(ref row, windows[x].Start * 3);
            Vector128<int> sum = Vector128.Create(Half);
            foreach (int weight in windows[x].Weights)
            {
                uint pixel = Unsafe.ReadUnaligned<uint>(ref seen); // red, green, blue and the next red
                Vector128<ushort> values = Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte());
                sum += Vector128.WidenLower(values).AsInt32() * weight;
                seen = ref Unsafe.Add(ref seen, 3);
            }
            target[x * 3] = Clip(sum[0]);
            target[x * 3 + 1] = Clip(sum[1]);
            target[x * 3 + 2] = Clip(sum[2]);
        }
    }

    private static void ResizeLastRow(ReadOnlySpan<byte> row, Span<byte> target, Window[] windows)
    {
        for (int i = 0; i < target.Length; i++)
        {
            (int x, int channel) = Math.DivRem(i, 3);
            int sum = Half, at = windows[x].Start * 3 + channel;
            foreach (int weight in windows[x].Weights)
            {
                sum += weight * row[at];
                at += 3;
            }
            target[i] = Clip(sum);
        }
    }

    private static byte[] ResizeColumns(byte[] source, int from, int width, int to)
    {
        Window[] windows = Windows(from, to);
        int length = width * 3;
        byte[] result = GC.AllocateUninitializedArray<byte>(to * length);
        Parallel.For(0, to, () => new int[length], (y, _, sums) =>
        {
            Array.Fill(sums, Half);
            int seen = windows[y].Start;
            foreach (int weight in windows[y].Weights) AddRow(source.AsSpan(seen++ * length, length), weight, sums);
            Clip(sums, result.AsSpan(y * length, length));
            return sums;
        }, _ => { });
        return result;
    }

    private static void Clip(ReadOnlySpan<int> sums, Span<byte> target)
    {
        ref int sum = ref MemoryMarshal.GetReference(sums);
        ref byte value = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; i <= sums.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector128<ushort> lower = Vector128.Narrow(Clipped(ref sum, i), Clipped(ref sum, i + 4));
            Vector128<ushort> upper = Vector128.Narrow(Clipped(ref sum, i + 8), Clipped(ref sum, i + 12));
            Vector128.Narrow(lower, upper).StoreUnsafe(ref value, (nuint)i);
        }
        for (; i < sums.Length; i++) target[i] = Clip(sums[i]);
    }

    private static Vector128<uint> Clipped(ref int sums, int at) => Vector128.Clamp(
        Vector128.LoadUnsafe(ref sums, (nuint)at) >> FractionBits, Vector128<int>.Zero, Vector128.Create((int)byte.MaxValue)).AsUInt32();

    private static void AddRow(ReadOnlySpan<byte> row, int weight, Span<int> sums)
    {
        ref byte value = ref MemoryMarshal.GetReference(row);
        ref int sum = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        for (; i <= row.Length - Vector128<byte>.Count; i += Vector128<byte>.Count) // 16 values as four times four
        {
            (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(Vector128.LoadUnsafe(ref value, (nuint)i));
            Vector256<int> first = Vector256.Create(Vector128.WidenLower(lower), Vector128.WidenUpper(lower)).AsInt32();
            Vector256<int> second = Vector256.Create(Vector128.WidenLower(upper), Vector128.WidenUpper(upper)).AsInt32();
            (Vector256.LoadUnsafe(ref sum, (nuint)i) + first * weight).StoreUnsafe(ref sum, (nuint)i);
            (Vector256.LoadUnsafe(ref sum, (nuint)(i + 8)) + second * weight).StoreUnsafe(ref sum, (nuint)(i + 8));
        }
        for (; i < row.Length; i++) sums[i] += weight * row[i];
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> FractionBits, byte.MinValue, byte.MaxValue);

    // For each value of the result the stretch of the source it is drawn from. A kernel widened by the factor of
    // reduction takes in every source value, which is what keeps small pictures free of aliasing.
    private static Window[] Windows(int from, int to)
    {
        double scale = (double)from / to;
        double widening = Math.Max(scale, 1);
        double radius = KernelRadius * widening;
        var windows = new Window[to];
        for (int i = 0; i < to; i++)
        {
            double center = (i + 0.5) * scale;
            int start = Math.Max((int)(center - radius + 0.5), 0);
            int end = Math.Min((int)(center + radius + 0.5), from);
            double[] weights = new double[end - start];
            double total = 0;
            for (int j = 0; j < weights.Length; j++) total += weights[j] = Kernel((j + start - center + 0.5) * (1 / widening));
            windows[i] = new Window(start, Array.ConvertAll(weights, weight => FixedPoint(total == 0 ? weight : weight / total)));
        }
        return windows;
    }

    private static int FixedPoint(double weight) => (int)(weight * (1 << FractionBits) + (weight < 0 ? -0.5 : 0.5));

    // Keys, "Cubic convolution interpolation for digital image processing" (1981), a = -1/2.
    private static double Kernel(double x)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        if (x < 1) return ((A + 2) * x - (A + 3)) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }

    private readonly record struct Window(int Start, int[] Weights);
}
