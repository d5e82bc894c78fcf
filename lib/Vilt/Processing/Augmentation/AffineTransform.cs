using Vilt.Data;

namespace Vilt.Processing.Augmentation;

/// <summary>
/// Moves a picture within its frame, equal to Pillow's <c>Image.transform(size, AFFINE, …)</c> without resampling in every value. What comes
/// from outside is black.
/// </summary>
internal static class AffineTransform
{
    private const int Channels = 3, FractionBits = 16;

    /// <summary>Shifts each row by a share of its height in the picture.</summary>
    public static RgbImage ShearX(RgbImage image, double share) => Apply(image, [1, share, 0, 0, 1, 0]);

    /// <summary>Shifts each column by a share of its place in the picture.</summary>
    public static RgbImage ShearY(RgbImage image, double share) => Apply(image, [1, 0, 0, share, 1, 0]);

    /// <summary>Moves the picture to the left.</summary>
    public static RgbImage TranslateX(RgbImage image, double pixels) => Apply(image, [1, 0, pixels, 0, 1, 0]);

    /// <summary>Moves the picture up.</summary>
    public static RgbImage TranslateY(RgbImage image, double pixels) => Apply(image, [1, 0, 0, 0, 1, pixels]);

    /// <summary>Turns the picture about its center, counterclockwise (<c>Image.rotate</c>).</summary>
    public static RgbImage Rotate(RgbImage image, double degrees)
    {
        const int Decimals = 15;
        var angle = -double.DegreesToRadians((degrees % 360 + 360) % 360);
        double cos = Math.Round(Math.Cos(angle), Decimals), sin = Math.Round(Math.Sin(angle), Decimals);
        double x = image.Width / 2.0, y = image.Height / 2.0;
        return Apply(image, [cos, sin, cos * -x + sin * -y + x, -sin, cos, -sin * -x + cos * -y + y]);
    }

    // Place (x, y) shows what is at (ax + by + c, dx + ey + f), in Pillow's fixed-point numbers.
    private static RgbImage Apply(RgbImage image, double[] matrix)
    {
        int a = Fixed(matrix[0]), b = Fixed(matrix[1]), d = Fixed(matrix[3]), e = Fixed(matrix[4]);
        var (startX, startY) = (Fixed(matrix[2] + matrix[0] * 0.5 + matrix[1] * 0.5), Fixed(matrix[5] + matrix[3] * 0.5 + matrix[4] * 0.5));
        var moved = new byte[image.Pixels.Length];
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                int fromX = (startX + x * a + y * b) >> FractionBits, fromY = (startY + x * d + y * e) >> FractionBits;
                if (fromX >= 0 && fromX < image.Width && fromY >= 0 && fromY < image.Height)
                {
                    var from = image.Pixels.AsSpan((fromY * image.Width + fromX) * Channels, Channels);
                    from.CopyTo(moved.AsSpan((y * image.Width + x) * Channels));
                }
            }
        }

        return new(image.Width, image.Height, moved);
    }

    private static int Fixed(double value) => (int)Math.Floor(value * (1 << FractionBits) + 0.5);
}
