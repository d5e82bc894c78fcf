using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

internal static class Fox
{
    public static readonly Animal Animal = new("fox", "foxes", ["foxes", "red fox"], 88,
        [Looks.Orange, Looks.Gray, Looks.White, Looks.Brown, Looks.Black, Looks.Yellow], Draw);

    private static void Draw(Pen pen, Pose pose)
    {
        SKColor coat = pose.Look.Coat, tint = Palette.Tinted(coat);
        pen.Shape(coat, "M22 62 C10 64 0 52 2 34 C3 22 10 12 18 8 C15 18 24 24 26 36 C28 46 26 54 30 58 Z");
        pen.Shape(tint, "M3 30 C4 20 10 12 18 8 C15 16 21 21 24 28 C16 26 11 34 3 30 Z");
        Limbs.FourLegs(pen, coat, Palette.Shaded(Palette.Shaded(Palette.Shaded(coat))), 23, 55, 58, 88, 9);
        pen.Shape(coat, "M14 58 C12 46 26 44 40 45 C54 42 66 48 64 58 C63 71 52 71 40 70 C24 73 15 70 14 58 Z");
        pen.Shape(tint, "M50 52 C58 50 66 54 64 62 C62 70 54 68 50 62 Z");
        Ears(pen, pose, coat);
        pen.Shape(coat, "M43 30 C52 12 90 12 99 30 C96 44 82 58 71 62 C60 58 46 44 43 30 Z");
        pen.Shape(tint, "M44 33 C54 34 62 44 71 49 C80 44 88 34 98 33 C94 45 81 58 71 62 C61 58 48 45 44 33 Z");
        pen.Circle(Palette.Black, 71, 60, 3.8f);
        Face.Eyes(pen, pose.Eyes, 71, 33, 12, 7.4f);
        Face.Dress(pen, pose, 71, 18, 22, 17, 16);
    }

    private static void Ears(Pen pen, Pose pose, SKColor coat)
    {
        if (pose.LeftEar)
        {
            pen.Polygon(coat, 45, 30, 47, 0, 67, 19);
            pen.Polygon(Palette.Black, 49.5f, 20, 50, 8, 59, 17);
        }

        if (pose.RightEar)
        {
            pen.Polygon(coat, 97, 30, 95, 0, 75, 19);
            pen.Polygon(Palette.Black, 92.5f, 20, 92, 8, 83, 17);
        }
    }
}
