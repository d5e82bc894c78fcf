using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Places;

/// <summary>An iron fence and a sign with a paw on it.</summary>
internal static class ZooPlace
{
    public static readonly Place Place = new("zoo", ["cage", "pen"], Furnish);

    private static IEnumerable<SceneObject> Furnish(Stage stage)
    {
        float foot = stage.Horizon + 7, top = MathF.Max(3, foot - 42);
        yield return new(ZooObjectKind.Place, "fence", "black", pen => Fence(pen, stage.Width, top, foot));
        var sign = stage.Take(28, 44, stage.Horizon + 10, stage.Horizon + 14);
        yield return new(ZooObjectKind.Place, "sign", "yellow", pen => pen.At(sign.Left, sign.Top, 1, () => Sign(pen)));
    }

    private static void Fence(Pen pen, float width, float top, float foot)
    {
        for (float x = 3; x < width; x += 10)
        {
            pen.Rectangle(Palette.Iron, x - 1.6f, top, 3.2f, foot - top);
            pen.Polygon(Palette.Iron, x - 3, top + 1, x, top - 5, x + 3, top + 1);
        }

        pen.Rectangle(Palette.Iron, 0, top + 5, width, 3);
        pen.Rectangle(Palette.Iron, 0, foot - 6, width, 3);
    }

    private static void Sign(Pen pen)
    {
        pen.Rectangle(Palette.Wood, 12, 18, 4, 26);
        pen.Rectangle(Palette.Brown, 0, 0, 28, 22, 3);
        pen.Rectangle(Palette.Yellow, 2, 2, 24, 18, 2);
        pen.Ellipse(Palette.Black, 14, 14, 4.4f, 3.6f);
        foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(8, 10), (12, 6.5f), (16, 6.5f), (20, 10)])
        {
            pen.Circle(Palette.Black, x, y, 1.9f);
        }
    }
}
