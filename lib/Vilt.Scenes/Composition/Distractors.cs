using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Composition;

/// <summary>Small things that may be in any scene and answer no question.</summary>
internal static class Distractors
{
    private const float Size = 16;

    private static readonly IReadOnlyList<(string Name, bool Flies, Action<Pen, SKColor> Draw)> Kinds =
    [
        ("ball", false, Ball), ("bucket", false, Bucket), ("flower", false, Flower),
        ("balloon", true, Balloon), ("kite", true, Kite), ("butterfly", true, Butterfly),
    ];

    /// <summary>Tries to place this many; those that find no free spot are left out.</summary>
    public static IEnumerable<SceneObject> Scatter(Stage stage, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (name, flies, draw) = stage.Random.Pick(Kinds);
            var (word, color) = stage.Random.Pick(Palette.Toys);
            var left = stage.Random.Between(1, stage.Width - Size - 1);
            var top = flies
                ? stage.Random.Between(1f, MathF.Max(2, stage.Horizon - Size))
                : stage.Random.Between(stage.Horizon + 8, stage.Height - Size - 1);
            var spot = new Box(left, top, Size, Size);
            if (stage.IsFree(spot))
            {
                stage.Take(spot);
                yield return new(ZooObjectKind.Distractor, name, word, pen => pen.At(left, top, 1, () => draw(pen, color)));
            }
        }
    }

    private static void Ball(Pen pen, SKColor color)
    {
        pen.Circle(color, 8, 8, 7.5f);
        pen.Shape(Palette.White, "M1 6 C5 4 11 4 15 6 L15.4 9.5 C11 7.5 5 7.5 0.6 9.5 Z");
    }

    private static void Bucket(Pen pen, SKColor color)
    {
        pen.Curve(Palette.Iron, 1.4f, "M2 5 C3 -1 13 -1 14 5");
        pen.Polygon(color, 1, 5, 15, 5, 13, 16, 3, 16);
        pen.Ellipse(Palette.Shaded(color), 8, 5, 7, 1.8f);
    }

    private static void Flower(Pen pen, SKColor color)
    {
        pen.Line(Palette.Green, 1.8f, 8, 6, 8, 16);
        foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(8, 2.4f), (4.4f, 5), (11.6f, 5), (5.8f, 9), (10.2f, 9)])
        {
            pen.Circle(color, x, y, 2.6f);
        }

        pen.Circle(Palette.White, 8, 6, 2.1f);
    }

    private static void Balloon(Pen pen, SKColor color)
    {
        pen.Curve(Palette.Iron, 0.9f, "M8 11 Q10 13 8 16");
        pen.Ellipse(color, 8, 6, 5, 6);
        pen.Ellipse(Palette.White, 6.2f, 3.6f, 1, 1.7f, 20);
    }

    private static void Kite(Pen pen, SKColor color)
    {
        pen.Curve(Palette.Iron, 0.9f, "M8 12 Q5 14 8 16");
        pen.Polygon(color, 8, 0, 14, 5, 8, 13, 2, 5);
        pen.Polygon(Palette.White, 8, 0, 8, 5, 2, 5);
        pen.Polygon(Palette.White, 8, 5, 14, 5, 8, 13);
    }

    private static void Butterfly(Pen pen, SKColor color)
    {
        pen.Ellipse(color, 4, 5, 3.6f, 4.4f, -24);
        pen.Ellipse(color, 12, 5, 3.6f, 4.4f, 24);
        pen.Ellipse(color, 5, 11, 2.8f, 3.4f, 24);
        pen.Ellipse(color, 11, 11, 2.8f, 3.4f, -24);
        pen.Ellipse(Palette.Black, 8, 8, 1.2f, 6);
    }
}
