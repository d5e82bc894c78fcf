using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

internal static class Penguin
{
    public static readonly Animal Animal = new("penguin", "penguins", ["penguins", "bird"], 104,
        [Looks.BlackAndWhite, Looks.WhiteAndBrown, Looks.OrangeAndWhite, Looks.PinkAndWhite, Looks.BlueAndWhite, Looks.BlackAndYellow],
        Draw)
    {
        HasEars = false,
    };

    private static void Draw(Pen pen, Pose pose)
    {
        SKColor belly = pose.Look.Coat, back = pose.Look.Mark!.Value;
        pen.Ellipse(Palette.Orange, 37, 99, 13, 5);
        pen.Ellipse(Palette.Orange, 63, 99, 13, 5);
        pen.Shape(back, "M24 48 C10 50 2 62 1 74 C4 78 10 76 14 72 C20 68 26 66 28 62 Z");
        pen.Shape(back, "M76 48 C90 50 98 62 99 74 C96 78 90 76 86 72 C80 68 74 66 72 62 Z");
        pen.Shape(back, "M20 62 C18 44 22 2 50 2 C78 2 82 44 80 62 C84 86 74 99 50 99 C26 99 16 86 20 62 Z");
        pen.Shape(belly, "M27 68 C26 54 36 48 50 50 C64 48 74 54 73 68 C75 86 66 95 50 95 C34 95 25 86 27 68 Z");
        pen.Circle(belly, 40, 29, 12.5f);
        pen.Circle(belly, 60, 29, 12.5f);
        pen.Polygon(Palette.Orange, 41, 39, 59, 39, 50, 50);
        Face.Eyes(pen, pose.Eyes, 50, 28, 10, 8);
        Face.Dress(pen, pose, 50, 4, 20, 20, 14);
    }
}
