using SkiaSharp;
using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Places;

/// <summary>The sea, a palm and a parasol.</summary>
internal static class Beach
{
    public static readonly Place Place = new("beach", ["sea", "ocean"], Furnish);

    private static readonly SKColor Water = new(18, 128, 232);

    private static IEnumerable<SceneObject> Furnish(Stage stage)
    {
        var top = stage.Horizon - 9;
        yield return new(ZooObjectKind.Place, "sea", "blue", pen => Sea(pen, stage.Width, top));
        var palm = stage.Take(38, 52, stage.Horizon + 12, stage.Horizon + 16);
        yield return new(ZooObjectKind.Place, "palm", "green", pen => pen.At(palm.Left, palm.Top, 1, () => Palm(pen)));
        var parasol = stage.Take(34, 32, stage.Horizon + 14, stage.Height - 4);
        yield return new(ZooObjectKind.Place, "parasol", "red", pen => pen.At(parasol.Left, parasol.Top, 1, () => Parasol(pen)));
    }

    private static void Sea(Pen pen, float width, float top)
    {
        pen.Rectangle(Water, 0, top, width, 18);
        for (float x = 0; x < width; x += 16)
        {
            pen.Circle(Water, x + 8, top + 16, 8);
            pen.At(x, top + 6, 1, () => pen.Curve(Palette.White, 1.6f, "M2 0 Q5 -3 8 0 Q11 3 14 0"));
        }
    }

    private static void Palm(Pen pen)
    {
        pen.Curve(Palette.Wood, 5, "M20 50 C23 38 20 26 18 15");
        pen.Curve(Palette.Green, 5, "M18 14 C10 6 4 10 3 18 M18 14 C14 4 8 2 3 6 M18 14 C20 4 28 2 33 6 M18 14 C26 6 34 10 35 18");
        pen.Circle(Palette.Brown, 15, 17, 2.6f);
        pen.Circle(Palette.Brown, 21, 17, 2.6f);
    }

    private static void Parasol(Pen pen)
    {
        pen.Line(Palette.Iron, 2, 17, 4, 17, 31);
        pen.Shape(Palette.Red, "M0 17 C2 -5 32 -5 34 17 Z");
        pen.Shape(Palette.White, "M7 17 C8 6 12 1 17 0.5 C14 5 13 10 13 17 Z M21 17 C21 10 20 5 17 0.5 C22 1 26 6 27 17 Z");
    }
}
