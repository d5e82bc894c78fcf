using SkiaSharp;
using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Places;

/// <summary>A row of houses and a street lamp.</summary>
internal static class Street
{
    public static readonly Place Place = new("street", ["city", "town"], Furnish);

    private static readonly IReadOnlyList<(string Word, SKColor Color)> Walls =
        [("yellow", new(255, 206, 70)), ("red", new(206, 52, 44)), ("blue", new(58, 96, 206)), ("white", new(244, 240, 226))];

    private static IEnumerable<SceneObject> Furnish(Stage stage)
    {
        var foot = stage.Horizon + 6;
        var wall = stage.Random.Next(Walls.Count);
        for (var x = stage.Random.Between(-14f, -2f); x < stage.Width; x += 35)
        {
            var (word, color) = Walls[wall++ % Walls.Count];
            float left = x, tall = stage.Random.Between(0.88f, 1.08f);
            yield return new(ZooObjectKind.Place, "house", word, pen => pen.At(left, foot, tall, () => House(pen, color)));
        }

        var lamp = stage.Take(14, 54, stage.Horizon + 12, stage.Horizon + 20);
        yield return new(ZooObjectKind.Place, "lamp", "black", pen => pen.At(lamp.Left, lamp.Top, 1, () => Lamp(pen)));
    }

    private static void House(Pen pen, SKColor wall)
    {
        pen.Rectangle(wall, 2, -30, 28, 30);
        pen.Polygon(Palette.Brown, -1, -29, 16, -46, 33, -29);
        pen.Rectangle(Palette.Iron, 12, -12, 8, 12);
        foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(5, -26), (19, -26), (3.5f, -12), (21.5f, -12)])
        {
            pen.Rectangle(Palette.Iron, x, y, 7, 8);
            pen.Rectangle(Palette.White, x + 1, y + 1, 5, 6);
        }
    }

    private static void Lamp(Pen pen)
    {
        pen.Rectangle(Palette.Black, 5.5f, 12, 3, 40);
        pen.Rectangle(Palette.Black, 2, 50, 10, 4, 1);
        pen.Polygon(Palette.Yellow, 3, 3, 11, 3, 9.5f, 13, 4.5f, 13);
        pen.Polygon(Palette.Black, 1, 4, 7, 0, 13, 4);
    }
}
