using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

/// <summary>What all faces share: large eyes whose color can be named, and what may be worn on a head.</summary>
internal static class Face
{
    /// <summary>Two eyes, <paramref name="apart"/> from the middle.</summary>
    public static void Eyes(Pen pen, SKColor iris, float x, float y, float apart, float radius = 7.5f)
    {
        foreach (var side in (ReadOnlySpan<float>)[-apart, apart])
        {
            var center = x + side;
            pen.Circle(Palette.Black, center, y, radius);
            pen.Circle(Palette.White, center, y, radius * 0.88f);
            pen.Circle(iris, center, y, radius * 0.72f);
            pen.Circle(Palette.Black, center, y, radius * 0.26f);
            pen.Circle(Palette.White, center - radius * 0.3f, y - radius * 0.34f, radius * 0.17f);
        }
    }

    public static void Smile(Pen pen, SKColor color, float x, float y, float scale = 1) => pen.At(x, y, scale, () =>
        pen.Curve(color, 1.4f, "M-5 0 Q-2.5 3.5 0 0 Q2.5 3.5 5 0"));

    /// <summary>
    /// Covers the hidden ears: a woolly hat for both, an earmuff for one. With both ears shown a party hat may stand between
    /// them, so that headwear does not give away the number. The skull's top is at <paramref name="top"/>; the ears' roots are
    /// <paramref name="earX"/> from the middle.
    /// </summary>
    public static void Dress(Pen pen, Pose pose, float x, float top, float halfWidth, float earX, float earY)
    {
        if (pose.Dress is not { } color)
        {
            return;
        }

        switch (pose.Ears)
        {
            case 0:
                pen.At(x, top, halfWidth / 20, () => WoollyHat(pen, color));
                break;
            case 1:
                Earmuff(pen, color, x, top, halfWidth, pose.LeftEar ? earX : -earX, earY);
                break;
            default:
                pen.At(x, top, halfWidth / 20, () => PartyHat(pen, color));
                break;
        }
    }

    private static void WoollyHat(Pen pen, SKColor color)
    {
        pen.Shape(color, "M-21 7 C-21 -12 -10 -16 0 -16 C10 -16 21 -12 21 7 Z");
        pen.Rectangle(Palette.Tinted(color), -22.5f, 2, 45, 8, 4);
        pen.Circle(Palette.Tinted(color), 0, -17, 5);
    }

    private static void Earmuff(Pen pen, SKColor color, float x, float top, float halfWidth, float side, float earY)
    {
        pen.Line(color, 3.4f, x + side, earY, x + side * 0.55f, top + 0.5f);
        pen.Line(color, 3.4f, x + side * 0.55f, top + 0.5f, x - side * 0.35f, top + 1);
        pen.Circle(color, x + side, earY, halfWidth * 0.42f);
        pen.Circle(Palette.Tinted(color), x + side, earY, halfWidth * 0.22f);
    }

    private static void PartyHat(Pen pen, SKColor color)
    {
        pen.Polygon(color, -8, 3, 0, -17, 8, 3);
        pen.Line(Palette.White, 2.4f, -3.8f, -4.5f, 4.5f, -1.5f);
        pen.Circle(Palette.White, 0, -16, 3);
    }
}
