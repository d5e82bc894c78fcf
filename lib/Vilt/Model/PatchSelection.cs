using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>
/// Which patches of a padded batch go into the sequence: the real ones in row-major order, and at the end of short rows
/// a masked patch repeated. (transformers draws the order at random; the logits are the same up to rounding.)
/// </summary>
/// <param name="Rows">Rows of real patches of each picture.</param>
/// <param name="Columns">Columns of real patches of each picture.</param>
/// <param name="Length">Patches of each picture in the sequence, P.</param>
/// <param name="Indices">B·P indices into the B·height·width patches of the batch.</param>
/// <param name="Mask">B·P values: 1 for a real patch, 0 for a repeated one.</param>
internal sealed record PatchSelection(int[] Rows, int[] Columns, int Length, long[] Indices, long[] Mask)
{
    /// <summary>Selects by the pixel mask.</summary>
    /// <param name="pixelMask">(B, H, W); null or without values (on the meta device): every pixel is real.</param>
    /// <param name="batch">B</param>
    /// <param name="height">Height of the grid of patches.</param>
    /// <param name="width">Width of the grid of patches.</param>
    /// <param name="config">Patch size and the most patches of one picture.</param>
    /// <exception cref="ArgumentException">A picture has no real patch.</exception>
    internal static PatchSelection From(Tensor? pixelMask, int batch, int height, int width, ViltConfig config)
    {
        var real = RealPatches(pixelMask, batch * height * width, config.PatchSize);
        int[] rows = new int[batch], columns = new int[batch];
        var size = height * width;
        for (var picture = 0; picture < batch; picture++)
        {
            ReadOnlySpan<bool> own = real.AsSpan(picture * size, size);
            for (var row = 0; row < height; row++)
            {
                rows[picture] += own[row * width] ? 1 : 0;
            }

            columns[picture] = own[..width].Count(true);
            if (rows[picture] == 0 || columns[picture] == 0)
            {
                throw new ArgumentException($"pixelMask: picture {picture} has no real pixel; expected 1 from its top-left corner on.", nameof(pixelMask));
            }
        }

        var longest = rows.Zip(columns, (r, c) => r * c).Max();
        var length = config.MaxImageLength < 0 ? longest : Math.Min(longest, config.MaxImageLength);
        long[] indices = new long[batch * length], mask = new long[batch * length];
        for (var picture = 0; picture < batch; picture++)
        {
            Select(real, picture, size, length, indices, mask);
        }

        return new(rows, columns, length, indices, mask);
    }

    /// <summary>Row-major (B, height, width): whether a patch is real. The mask shrinks to the grid by nearest neighbor, each patch's first pixel.</summary>
    private static bool[] RealPatches(Tensor? pixelMask, int count, int patchSize)
    {
        if (pixelMask is null || pixelMask.device_type == DeviceType.META)
        {
            return [.. Enumerable.Repeat(true, count)];
        }

        using var scope = NewDisposeScope();
        var firsts = TensorIndex.Slice(step: patchSize);
        return pixelMask[TensorIndex.Colon, firsts, firsts].to(ScalarType.Bool).cpu().contiguous().data<bool>().ToArray();
    }

    private static void Select(bool[] real, int picture, int size, int length, long[] indices, long[] mask)
    {
        int start = picture * size, at = picture * length, end = at + length;
        for (var patch = start; patch < start + size && at < end; patch++)
        {
            if (!real[patch])
            {
                continue;
            }

            indices[at] = patch;
            mask[at++] = 1;
        }

        var masked = Array.IndexOf(real, false, start, size);
        while (at < end)
        {
            indices[at++] = masked;
        }
    }
}
