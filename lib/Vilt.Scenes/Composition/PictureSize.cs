using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Composition;

/// <summary>
/// The size of a picture. Its longer side is a whole number of eighths of the shorter one, at most 13 of them, so that an image
/// processor that makes the shorter side 128 and wants multiples of 16 (8 patches of 16) changes no proportion.
/// </summary>
/// <param name="Shorter">Pixels of the shorter side, a multiple of 8.</param>
/// <param name="Eighths">The longer side in eighths of the shorter: 8 to 13.</param>
/// <param name="Portrait">Whether the longer side is vertical.</param>
internal sealed record PictureSize(int Shorter, int Eighths, bool Portrait)
{
    /// <summary>Scene units of the shorter side; one unit is a pixel of what such a model sees.</summary>
    public const int ShorterUnits = 128;

    private static readonly IReadOnlyList<int> ShorterSides = [144, 160, 176, 192];

    public int PixelWidth => Portrait ? Shorter : Longer;

    public int PixelHeight => Portrait ? Longer : Shorter;

    public float Scale => Shorter / (float)ShorterUnits;

    public float Width => PixelWidth / Scale;

    public float Height => PixelHeight / Scale;

    private int Longer => Shorter / 8 * Eighths;

    /// <summary>A size for this many animals: three or more need elongated pictures.</summary>
    public static PictureSize Random(SeededRandom random, int animals) =>
        new(random.Pick(ShorterSides), random.Between(animals > 2 ? 11 : 9, 13), random.Chance(0.35));
}
