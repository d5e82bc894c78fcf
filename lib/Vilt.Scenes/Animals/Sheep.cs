using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

internal static class Sheep
{
    public static readonly Animal Animal = new("sheep", "sheep", ["lamb", "goat"], 84,
        [Looks.White, Looks.Black, Looks.Gray, Looks.Brown, Looks.Pink, Looks.Yellow], Draw);

    private static readonly SKColor Skin = new(255, 208, 170);

    private static void Draw(Pen pen, Pose pose)
    {
        var wool = pose.Look.Coat;
        Limbs.FourLegs(pen, Palette.Iron, Palette.Black, 20, 52, 56, 84, 8);
        Fleece(pen, Palette.Shaded(wool), 2);
        Fleece(pen, wool, 0);
        Ears(pen, pose);
        pen.Shape(Skin, "M58 26 C58 16 86 16 86 26 C87 38 84 54 72 55 C60 54 57 38 58 26 Z");
        Face.Eyes(pen, pose.Eyes, 72, 31, 9, 7.2f);
        pen.Ellipse(Palette.Pink, 72, 46, 4.6f, 3);
        Face.Smile(pen, Palette.Black, 72, 49, 0.8f);
        pen.Circle(wool, 62, 17, 6.5f);
        pen.Circle(wool, 72, 13, 8);
        pen.Circle(wool, 82, 17, 6.5f);
        Face.Dress(pen, pose, 72, 10, 18, 18, 24);
    }

    private static void Fleece(Pen pen, SKColor wool, float down)
    {
        ReadOnlySpan<(float X, float Y, float R)> curls =
        [
            (12, 48, 10.5f), (18, 36, 11), (30, 30, 12), (44, 31, 12), (56, 38, 11), (60, 50, 11),
            (54, 60, 11), (40, 63, 11), (26, 62, 11), (15, 58, 10),
        ];
        foreach (var (x, y, r) in curls)
        {
            pen.Circle(wool, x, y + down, r);
        }

        pen.Ellipse(wool, 36, 47, 22, 16);
    }

    private static void Ears(Pen pen, Pose pose)
    {
        if (pose.LeftEar)
        {
            pen.Ellipse(Palette.Shaded(Skin), 52, 29, 9.5f, 5, 24);
        }

        if (pose.RightEar)
        {
            pen.Ellipse(Palette.Shaded(Skin), 91, 29, 9, 5, -24);
        }
    }
}
