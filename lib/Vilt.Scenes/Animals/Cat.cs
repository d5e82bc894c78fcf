using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

internal static class Cat
{
    public static readonly Animal Animal = new("cat", "cats", ["cats", "kitten", "siamese cat"], 92,
        [Looks.WhiteAndBrown, Looks.BlackAndWhite, Looks.Gray, Looks.Orange, Looks.White, Looks.Black], Draw);

    private static void Draw(Pen pen, Pose pose)
    {
        var coat = pose.Look.Coat;
        var tips = pose.Look.Mark ?? coat; // a Siamese cat is marked at its ears, face, paws and tail
        pen.Curve(tips, 8, "M14 58 C0 52 2 30 8 22 C11 17 8 11 5 10");
        Limbs.FourLegs(pen, coat, pose.Look.Mark ?? Palette.Tinted(coat), 18, 55, 60, 92, 10);
        pen.Shape(coat, "M10 60 C8 44 22 42 38 44 C54 40 66 46 64 60 C64 76 52 76 38 74 C20 77 11 74 10 60 Z");
        Ears(pen, pose, tips);
        pen.Ellipse(coat, 71, 38, 27, 22);
        if (pose.Look.Mark is { } mark)
        {
            pen.Ellipse(mark, 71, 45, 15, 13);
        }

        Face.Eyes(pen, pose.Eyes, 71, 35, 11.5f, 8);
        pen.Polygon(Palette.Pink, 67.5f, 45, 74.5f, 45, 71, 49);
        Whiskers(pen, Palette.Shaded(Palette.Shaded(pose.Look.Mark is null ? coat : Palette.White)));
        Face.Smile(pen, pose.Look.Mark is null && coat != Palette.Black ? Palette.Black : Palette.White, 71, 50);
        Face.Dress(pen, pose, 71, 17, 24, 17, 16);
    }

    private static void Ears(Pen pen, Pose pose, SKColor tips)
    {
        if (pose.LeftEar)
        {
            pen.Shape(tips, "M46 34 C44 18 45 8 47 3 C55 6 62 12 67 20 Z");
            pen.Polygon(Palette.Pink, 50, 22, 50, 10, 59, 18);
        }

        if (pose.RightEar)
        {
            pen.Shape(tips, "M96 34 C98 18 97 8 95 3 C87 6 80 12 75 20 Z");
            pen.Polygon(Palette.Pink, 92, 22, 92, 10, 83, 18);
        }
    }

    private static void Whiskers(Pen pen, SKColor color) =>
        pen.Curve(color, 1, "M57 47 L42 44 M57 50 L43 53 M85 47 L99 44 M85 50 L98 53");
}
