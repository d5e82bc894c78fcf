namespace Vilt.Data;

/// <summary>The mean color of many pictures: what a model may see of a picture when it must answer without seeing it.</summary>
/// <param name="Red">Mean red, from 0 to 255.</param>
/// <param name="Green">Mean green, from 0 to 255.</param>
/// <param name="Blue">Mean blue, from 0 to 255.</param>
public sealed record MeanColor(byte Red, byte Green, byte Blue)
{
    /// <summary>The mean over all pixels of all pictures, rounded.</summary>
    /// <param name="paths">The picture files; one that is listed several times counts once.</param>
    /// <param name="cancellationToken">Checked before each picture.</param>
    /// <exception cref="ArgumentException">There is no picture.</exception>
    /// <exception cref="FileNotFoundException">A picture does not exist.</exception>
    /// <exception cref="InvalidDataException">A picture is broken.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static MeanColor Of(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var sums = new long[3];
        long count = 0;
        foreach (var path in paths.Distinct())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var pixels = RgbImage.Read(path).Pixels;
            for (var i = 0; i < pixels.Length; i++)
            {
                sums[i % 3] += pixels[i];
            }

            count += pixels.Length / 3;
        }

        if (count == 0)
        {
            throw new ArgumentException("There is no picture to take the mean color of.", nameof(paths));
        }

        return new MeanColor(Rounded(sums[0]), Rounded(sums[1]), Rounded(sums[2]));

        byte Rounded(long sum) => (byte)Math.Round((double)sum / count);
    }

    /// <summary>A picture of nothing but this color.</summary>
    /// <param name="width">Pixels in a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    public RgbImage Picture(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        for (var i = 0; i < pixels.Length; i += 3)
        {
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (Red, Green, Blue);
        }

        return new RgbImage(width, height, pixels);
    }
}
