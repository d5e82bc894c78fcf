using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

internal static class Pig
{
    public static readonly Animal Animal = new("pig", "pigs", ["pigs", "piglet"], 80,
        [Looks.Pink, Looks.White, Looks.Black, Looks.Brown, Looks.Gray, Looks.PinkAndWhite], Draw);

    private const string Body = "M6 46 C6 26 24 24 40 25 C60 24 72 30 72 46 C72 64 58 66 40 66 C20 66 6 64 6 46 Z";

    private static void Draw(Pen pen, Pose pose)
    {
        var coat = pose.Look.Coat;
        pen.Curve(coat, 2.8f, "M8 40 C2 40 0 34 4 32 C8 31 9 37 5 38 C1 38 1 30 3 26");
        Limbs.FourLegs(pen, coat, Palette.Shaded(Palette.Shaded(coat)), 19, 56, 54, 80, 11);
        pen.Shape(coat, Body);
        if (pose.Look.Mark is { } mark)
        {
            pen.Inside(Body, () => pen.Shape(mark,
                "M10 30 C22 22 32 30 28 40 C24 48 10 44 8 38 Z M30 50 C40 44 52 50 48 60 C44 68 30 66 28 58 Z"));
        }

        pen.Circle(coat, 74, 36, 23);
        Ears(pen, pose, pose.Look.Mark ?? Palette.Shaded(Palette.Shaded(coat)));
        Snout(pen, Palette.Mix(coat, new SKColor(255, 96, 150), 0.6f));
        Face.Eyes(pen, pose.Eyes, 74, 30, 11, 7.2f);
        Face.Dress(pen, pose, 74, 14, 21, 17, 17);
    }

    private static void Snout(Pen pen, SKColor color)
    {
        pen.Ellipse(color, 74, 45, 11.5f, 8.5f);
        pen.Ellipse(Palette.Black, 70, 45, 2, 3.4f);
        pen.Ellipse(Palette.Black, 78, 45, 2, 3.4f);
    }

    private static void Ears(Pen pen, Pose pose, SKColor color)
    {
        if (pose.LeftEar)
        {
            pen.Shape(color, "M50 6 C60 4 68 10 70 16 C66 22 60 26 54 28 C50 22 48 14 50 6 Z");
        }

        if (pose.RightEar)
        {
            pen.Shape(color, "M98 6 C88 4 80 10 78 16 C82 22 88 26 94 28 C98 22 100 14 98 6 Z");
        }
    }
}
