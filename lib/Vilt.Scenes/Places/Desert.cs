using SkiaSharp;
using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Places;

/// <summary>Golden dunes, cacti and a pyramid.</summary>
internal static class Desert
{
    public static readonly Place Place = new("desert", ["sand", "dunes"], Furnish);

    private static readonly SKColor Sand = new(246, 190, 84);

    private static IEnumerable<SceneObject> Furnish(Stage stage)
    {
        var pyramid = stage.Take(56, 38, stage.Horizon, stage.Horizon + 3);
        yield return new(ZooObjectKind.Place, "pyramid", "yellow", pen => pen.At(pyramid.Left, pyramid.Top, 1, () => Pyramid(pen)));
        float foot = stage.Horizon + 8, shift = stage.Random.Between(-30f, 0f);
        yield return new(ZooObjectKind.Place, "dunes", "yellow", pen => Dunes(pen, stage.Width, foot, shift));
        for (var i = 0; i < 3; i++)
        {
            var cactus = stage.Take(26, 40, stage.Horizon + 8, stage.Horizon + 20);
            yield return new(ZooObjectKind.Place, "cactus", "green", pen => pen.At(cactus.Left, cactus.Top, 1, () => Cactus(pen)));
        }
    }

    private static void Pyramid(Pen pen)
    {
        pen.Polygon(new SKColor(255, 214, 110), 0, 38, 28, 0, 56, 38);
        pen.Polygon(new SKColor(198, 130, 34), 36, 38, 28, 0, 56, 38);
    }

    private static void Dunes(Pen pen, float width, float foot, float shift)
    {
        for (var x = shift; x < width; x += 46)
        {
            pen.At(x, foot, 1, () => pen.Shape(Sand, "M0 3 C10 -14 18 -15 24 -12 C34 -8 42 -2 52 3 Z"));
        }

        pen.Rectangle(Sand, 0, foot - 3, width, 6);
    }

    private static void Cactus(Pen pen)
    {
        pen.Rectangle(Palette.DarkGreen, 9, 0, 9, 40, 4.5f);
        pen.Curve(Palette.DarkGreen, 5.5f, "M13 26 L4 26 L4 14 M13 21 L22 21 L22 9");
        pen.Circle(Palette.Pink, 13.5f, 1.5f, 3.2f);
    }
}
