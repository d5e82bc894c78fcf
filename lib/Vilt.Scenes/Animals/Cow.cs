using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

internal static class Cow
{
    public static readonly Animal Animal = new("cow", "cows", ["cows", "bull"], 86,
        [Looks.BlackAndWhite, Looks.WhiteAndBrown, Looks.Brown, Looks.White, Looks.Black, Looks.Gray], Draw);

    private const string Body = "M8 34 C10 28 58 28 64 33 C69 40 69 56 64 62 C56 68 16 68 9 62 C5 56 5 40 8 34 Z";

    private static void Draw(Pen pen, Pose pose)
    {
        var coat = pose.Look.Coat;
        pen.Curve(Palette.Shaded(coat), 2.6f, "M8 36 Q1 44 3 58");
        pen.Ellipse(pose.Look.Mark ?? Palette.Shaded(Palette.Shaded(coat)), 3.6f, 61, 3.2f, 5.5f);
        Limbs.FourLegs(pen, coat, Palette.Iron, 15, 57, 54, 86, 11);
        pen.Ellipse(Palette.Pink, 34, 66, 10, 6.5f);
        pen.Shape(coat, Body);
        if (pose.Look.Mark is { } mark)
        {
            pen.Inside(Body, () => pen.Shape(mark,
                "M4 28 C16 24 22 32 18 40 C16 48 8 46 4 42 Z M26 50 C34 42 46 48 44 58 C42 66 28 66 26 58 Z M34 26 C40 40 54 38 54 26 Z"));
        }

        pen.Curve(Palette.Cream, 5.5f, "M61 16 C53 14 52 6 55 2");
        pen.Curve(Palette.Cream, 5.5f, "M83 16 C91 14 92 6 89 2");
        Ears(pen, pose, pose.Look.Mark ?? Palette.Shaded(Palette.Shaded(coat)));
        Head(pen, pose);
        Face.Dress(pen, pose, 72, 12, 16, 20, 20);
    }

    private static void Head(Pen pen, Pose pose)
    {
        pen.Shape(pose.Look.Coat, "M54 26 C54 14 62 11 72 11 C82 11 90 14 90 26 L88 48 C86 56 58 56 56 48 Z");
        if (pose.Look.Mark is { } patch)
        {
            pen.Ellipse(patch, 62.5f, 26, 9.5f, 11);
        }

        pen.Ellipse(Palette.Pink, 72, 48, 17, 10.5f);
        pen.Ellipse(Palette.Black, 66, 47, 2, 3);
        pen.Ellipse(Palette.Black, 78, 47, 2, 3);
        Face.Eyes(pen, pose.Eyes, 72, 27, 9.6f, 7.4f);
    }

    private static void Ears(Pen pen, Pose pose, SKColor color)
    {
        if (pose.LeftEar)
        {
            pen.Ellipse(color, 50, 22, 9, 5.2f, 18);
            pen.Ellipse(Palette.Pink, 50, 22.5f, 5.5f, 2.6f, 18);
        }

        if (pose.RightEar)
        {
            pen.Ellipse(color, 92, 22, 8, 5.2f, -18);
            pen.Ellipse(Palette.Pink, 92, 22.5f, 5, 2.6f, -18);
        }
    }
}
