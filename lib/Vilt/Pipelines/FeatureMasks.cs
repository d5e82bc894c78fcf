using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Pipelines;

/// <summary>Features of a question and its picture, for methods that take them out: integers for ids (1, L) and pixels (1, 3, H, W).</summary>
public static class FeatureMasks
{
    /// <summary>Each token, and each square of the picture.</summary>
    /// <param name="arguments">The ids and pixels.</param>
    /// <param name="side">Of a square, in pixels.</param>
    /// <returns>One for each input; the tensors are the caller's.</returns>
    public static Tensor[] TokensAndSquares(AttributionArguments arguments, long side)
    {
        var tokens = arguments.Inputs[0].shape[1];
        return [tensor([.. Enumerable.Range(0, (int)tokens).Select(token => (long)token)]).unsqueeze(0), Cells(arguments.Inputs[1], tokens, side, side)];
    }

    /// <summary>The text as a whole, and each square of the picture.</summary>
    /// <inheritdoc cref="TokensAndSquares"/>
    public static Tensor[] TextAndSquares(AttributionArguments arguments, long side) =>
        [zeros([1, 1], dtype: int64), Cells(arguments.Inputs[1], 1, side, side)];

    /// <summary>The text as a whole, and the quarters of the picture.</summary>
    /// <param name="arguments">The ids and pixels.</param>
    /// <returns>One for each input; the tensors are the caller's.</returns>
    public static Tensor[] TextAndQuarters(AttributionArguments arguments) =>
        [zeros([1, 1], dtype: int64), Cells(arguments.Inputs[1], 1, Half(arguments.Inputs[1].shape[2]), Half(arguments.Inputs[1].shape[3]))];

    private static long Half(long size) => (size + 1) / 2;

    /// <summary>Cells of a picture, counted row by row from a number on, (1, 1, H, W).</summary>
    private static Tensor Cells(Tensor pixels, long first, long cellHeight, long cellWidth)
    {
        long height = pixels.shape[2], width = pixels.shape[3], columns = (width + cellWidth - 1) / cellWidth;
        var cells = new long[height * width];
        for (var i = 0L; i < cells.Length; i++)
        {
            cells[i] = first + i / width / cellHeight * columns + i % width / cellWidth;
        }

        return tensor(cells).view(1, 1, height, width);
    }
}
