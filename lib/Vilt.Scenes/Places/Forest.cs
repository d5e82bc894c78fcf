using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Places;

/// <summary>Firs and leafy trees in a row, and a toadstool.</summary>
internal static class Forest
{
    public static readonly Place Place = new("forest", ["woods", "trees"], Furnish);

    private static IEnumerable<SceneObject> Furnish(Stage stage)
    {
        foreach (var x in Row(stage))
        {
            var fir = stage.Random.Chance(0.6);
            var size = stage.Random.Between(0.9f, 1.15f);
            var foot = stage.Horizon + stage.Random.Between(3f, 10f);
            Action<Pen> draw = fir ? Fir : LeafyTree;
            yield return new(ZooObjectKind.Place, "tree", "green", pen => pen.At(x, foot, size, () => draw(pen)));
        }

        var toadstool = stage.Take(16, 17, stage.Horizon + 16, stage.Height - 3);
        yield return new(ZooObjectKind.Place, "toadstool", "red",
            pen => pen.At(toadstool.Left, toadstool.Top, 1, () => Toadstool(pen)));
    }

    private static IEnumerable<float> Row(Stage stage)
    {
        for (var x = stage.Random.Between(4f, 14f); x < stage.Width; x += stage.Random.Between(24f, 32f))
        {
            yield return x;
        }
    }

    private static void Fir(Pen pen)
    {
        pen.Rectangle(Palette.Brown, -2.5f, -9, 5, 9);
        pen.Polygon(Palette.DarkGreen, -15, -8, 0, -30, 15, -8);
        pen.Polygon(Palette.DarkGreen, -12, -20, 0, -40, 12, -20);
        pen.Polygon(Palette.DarkGreen, -9, -32, 0, -48, 9, -32);
    }

    private static void LeafyTree(Pen pen)
    {
        pen.Rectangle(Palette.Brown, -3, -20, 6, 20);
        pen.Circle(Palette.Green, -8, -26, 9);
        pen.Circle(Palette.Green, 8, -26, 9);
        pen.Circle(Palette.Green, 0, -35, 11);
    }

    private static void Toadstool(Pen pen)
    {
        pen.Rectangle(Palette.White, 5, 7, 6, 10, 2);
        pen.Shape(Palette.Red, "M0 9 C0 -3 16 -3 16 9 Z");
        pen.Circle(Palette.White, 4.5f, 5.5f, 1.6f);
        pen.Circle(Palette.White, 9, 3, 1.6f);
        pen.Circle(Palette.White, 12.5f, 6.5f, 1.5f);
    }
}
