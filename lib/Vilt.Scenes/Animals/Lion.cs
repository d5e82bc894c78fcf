using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

internal static class Lion
{
    public static readonly Animal Animal = new("lion", "lions", ["lions", "tiger"], 92,
        [Looks.Yellow, Looks.Orange, Looks.Brown, Looks.White, Looks.Pink, Looks.Black], Draw);

    private static void Draw(Pen pen, Pose pose)
    {
        SKColor coat = pose.Look.Coat, mane = Palette.Shaded(Palette.Shaded(Palette.Mix(coat, Palette.Orange, 0.25f)));
        pen.Curve(coat, 4.4f, "M14 56 C2 56 0 44 6 36");
        pen.Ellipse(mane, 7, 33, 5.5f, 7, 20);
        Limbs.FourLegs(pen, coat, Palette.Tinted(coat), 20, 55, 60, 92, 11);
        pen.Shape(coat, "M10 58 C8 46 24 46 38 47 C54 46 64 50 62 62 C60 75 50 74 38 73 C20 76 11 72 10 58 Z");
        Mane(pen, mane);
        Ears(pen, pose, coat);
        pen.Ellipse(coat, 70, 38, 20, 19.5f);
        pen.Ellipse(Palette.Tinted(coat), 70, 47, 10.5f, 8);
        pen.Polygon(Palette.Black, 65, 42, 75, 42, 70, 47);
        Face.Smile(pen, Palette.Black, 70, 49);
        Face.Eyes(pen, pose.Eyes, 70, 34, 9.8f, 7.2f);
        Face.Dress(pen, pose, 70, 18, 19, 15, 20);
    }

    private static void Mane(Pen pen, SKColor color)
    {
        pen.Circle(color, 70, 38, 26.5f);
        for (var curl = 0; curl < 12; curl++)
        {
            var angle = MathF.Tau * curl / 12;
            pen.Circle(color, 70 + 24 * MathF.Cos(angle), 38 + 27 * MathF.Sin(angle), 8);
        }
    }

    private static void Ears(Pen pen, Pose pose, SKColor coat)
    {
        if (pose.LeftEar)
        {
            pen.Circle(coat, 55, 20, 8);
            pen.Circle(Palette.Pink, 55, 20, 4);
        }

        if (pose.RightEar)
        {
            pen.Circle(coat, 85, 20, 8);
            pen.Circle(Palette.Pink, 85, 20, 4);
        }
    }
}
