using SkiaSharp;
using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Places;

/// <summary>Heaps of snow, a snowman and an igloo.</summary>
internal static class Snow
{
    public static readonly Place Place = new("snow", ["winter", "ice"], Furnish);

    private static IEnumerable<SceneObject> Furnish(Stage stage)
    {
        var foot = stage.Horizon + 9;
        float[] sizes = [.. Enumerable.Range(0, 16).Select(_ => stage.Random.Between(13f, 20f))];
        yield return new(ZooObjectKind.Place, "snow", "white", pen => Heaps(pen, stage.Width, foot, sizes));
        var igloo = stage.Take(46, 28, stage.Horizon + 8, stage.Horizon + 14);
        yield return new(ZooObjectKind.Place, "igloo", "white", pen => pen.At(igloo.Left, igloo.Top, 1, () => Igloo(pen)));
        var snowman = stage.Take(26, 42, stage.Horizon + 14, stage.Height - 3);
        yield return new(ZooObjectKind.Place, "snowman", "white", pen => pen.At(snowman.Left, snowman.Top, 1, () => Snowman(pen)));
    }

    private static void Heaps(Pen pen, float width, float foot, float[] sizes)
    {
        float x = 4;
        for (var i = 0; x < width + 10; i++)
        {
            pen.Ellipse(Palette.White, x, foot - 3, sizes[i] + 2, sizes[i] * 0.75f);
            x += sizes[i] * 1.35f;
        }

        pen.Rectangle(Palette.White, 0, foot - 4, width, 9, 4);
    }

    private static void Igloo(Pen pen)
    {
        var ice = new SKColor(206, 234, 255);
        var joint = new SKColor(70, 130, 210);
        pen.Shape(ice, "M0 28 C0 -9 46 -9 46 28 Z");
        pen.Curve(joint, 1.2f, "M3 14 L43 14 M8 7 L38 7 M1 21 L45 21 M14 14 L14 21 M32 14 L32 21 M23 7 L23 14 M8 21 L8 28 M38 21 L38 28");
        pen.Shape(Palette.Iron, "M15 28 C15 12 31 12 31 28 Z");
    }

    private static void Snowman(Pen pen)
    {
        pen.Circle(Palette.White, 13, 30, 12);
        pen.Circle(Palette.White, 13, 15, 8.5f);
        pen.Rectangle(Palette.Black, 5, 6.5f, 16, 2.4f);
        pen.Rectangle(Palette.Black, 8, 0, 10, 7.5f);
        pen.Circle(Palette.Black, 10, 13, 1.3f);
        pen.Circle(Palette.Black, 16, 13, 1.3f);
        pen.Polygon(Palette.Orange, 13, 15, 13, 18.5f, 21, 17.5f);
        pen.Rectangle(Palette.Red, 6, 21, 14, 3.2f, 1.5f);
        pen.Circle(Palette.Black, 13, 28, 1.3f);
        pen.Circle(Palette.Black, 13, 34, 1.3f);
    }
}
