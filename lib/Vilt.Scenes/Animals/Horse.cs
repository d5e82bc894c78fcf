using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

internal static class Horse
{
    public static readonly Animal Animal = new("horse", "horses", ["horses", "pony"], 96,
        [Looks.Brown, Looks.White, Looks.Black, Looks.Gray, Looks.Orange, Looks.WhiteAndBrown], Draw);

    private static void Draw(Pen pen, Pose pose)
    {
        var coat = pose.Look.Coat;
        var hair = pose.Look.Mark ?? Palette.Shaded(Palette.Shaded(Palette.Shaded(coat)));
        pen.Shape(hair, "M12 40 C2 40 0 52 1 62 C1 72 4 78 7 80 C10 72 12 62 15 56 Z");
        Equine.Draw(pen, pose, coat, Palette.Tinted(coat), () => Decorate(pen, pose, hair));
    }

    private static void Decorate(Pen pen, Pose pose, SKColor hair)
    {
        if (pose.Look.Mark is { } mark)
        {
            pen.Inside(Equine.Body, () =>
            {
                pen.Ellipse(mark, 22, 44, 13, 11);
                pen.Ellipse(mark, 44, 58, 11, 9);
            });
        }

        pen.Shape(hair, "M62 8 C52 10 44 24 42 40 C42 48 46 54 50 54 C52 46 54 42 58 38 C57 32 60 26 62 22 Z");
        pen.Shape(hair, "M68 3 C74 -3 84 -2 86 5 C82 8 82 14 77 19 C74 14 70 10 68 3 Z");
    }
}
