using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

internal static class Dog
{
    public static readonly Animal Animal = new("dog", "dogs", ["dogs", "puppy"], 88,
        [Looks.Brown, Looks.White, Looks.Black, Looks.Yellow, Looks.WhiteAndBrown, Looks.BlackAndWhite], Draw);

    private const string Body = "M12 56 C10 42 26 42 40 43 C56 40 66 46 64 58 C63 72 52 71 40 70 C22 73 13 70 12 56 Z";

    private static void Draw(Pen pen, Pose pose)
    {
        SKColor coat = pose.Look.Coat, tint = Palette.Tinted(coat);
        pen.Curve(pose.Look.Mark ?? coat, 6.5f, "M16 50 C8 48 3 40 5 28");
        Limbs.FourLegs(pen, coat, tint, 20, 56, 58, 88, 11);
        pen.Shape(coat, Body);
        if (pose.Look.Mark is { } saddle)
        {
            pen.Inside(Body, () => pen.Ellipse(saddle, 30, 44, 17, 14));
        }

        pen.Curve(Palette.Red, 5, "M54 54 Q62 62 74 58");
        pen.Ellipse(coat, 72, 33, 21, 23);
        if (pose.Look.Mark is { } patch)
        {
            pen.Ellipse(patch, 82, 28, 10.5f, 12);
        }

        Muzzle(pen, pose.Look.Mark is null ? tint : Palette.White);
        Face.Eyes(pen, pose.Eyes, 72, 29, 10, 7.6f);
        Ears(pen, pose, pose.Look.Mark ?? Palette.Shaded(Palette.Shaded(coat)));
        Face.Dress(pen, pose, 72, 10, 20, 20, 18);
    }

    private static void Muzzle(Pen pen, SKColor color)
    {
        pen.Ellipse(Palette.Red, 72, 55, 4.6f, 7);
        pen.Ellipse(color, 72, 45, 12.5f, 9.5f);
        pen.Ellipse(Palette.Black, 72, 40.5f, 5.6f, 4);
        Face.Smile(pen, Palette.Black, 72, 48);
    }

    private static void Ears(Pen pen, Pose pose, SKColor color)
    {
        if (pose.LeftEar)
        {
            pen.Shape(color, "M58 13 C46 12 43 24 44 36 C45 46 54 48 56 40 C57 32 55 26 60 20 Z");
        }

        if (pose.RightEar)
        {
            pen.Shape(color, "M86 13 C98 12 100 24 99 36 C98 46 90 48 88 40 C87 32 89 26 84 20 Z");
        }
    }
}
