using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Places;

/// <summary>A strip of sunflowers and a windmill.</summary>
internal static class Field
{
    public static readonly Place Place = new("field", ["meadow", "grass"], Furnish);

    private static IEnumerable<SceneObject> Furnish(Stage stage)
    {
        var mill = stage.Take(44, 58, stage.Horizon + 4, stage.Horizon + 7);
        yield return new(ZooObjectKind.Place, "windmill", "white", pen => pen.At(mill.Left, mill.Top, 1, () => Windmill(pen)));
        var foot = stage.Horizon + 11;
        yield return new(ZooObjectKind.Place, "sunflowers", "yellow", pen => Sunflowers(pen, stage.Width, foot));
    }

    private static void Windmill(Pen pen)
    {
        pen.Polygon(Palette.White, 15, 20, 29, 20, 33, 58, 11, 58);
        pen.Polygon(Palette.Red, 12, 21, 22, 10, 32, 21);
        pen.Rectangle(Palette.Brown, 18.5f, 46, 7, 12);
        pen.Curve(Palette.Brown, 3.4f, "M22 20 L6 4 M22 20 L38 4 M22 20 L38 36 M22 20 L6 36");
        pen.Circle(Palette.Black, 22, 20, 2.4f);
    }

    private static void Sunflowers(Pen pen, float width, float foot)
    {
        var tall = false;
        for (float x = 6; x < width + 6; x += 13)
        {
            tall = !tall;
            var head = foot - (tall ? 22 : 15);
            pen.Line(Palette.Green, 2.6f, x, head, x, foot);
            pen.Ellipse(Palette.Green, x - 4, foot - 6, 4.4f, 2, 24);
            pen.Ellipse(Palette.Green, x + 4, foot - 6, 4.4f, 2, -24);
            for (var petal = 0; petal < 8; petal++)
            {
                var angle = MathF.Tau * petal / 8;
                pen.Circle(Palette.Yellow, x + 4.6f * MathF.Cos(angle), head + 4.6f * MathF.Sin(angle), 2.4f);
            }

            pen.Circle(Palette.Brown, x, head, 3.4f);
        }
    }
}
