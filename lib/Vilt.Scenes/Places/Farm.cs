using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Places;

/// <summary>A wooden fence, a red barn and a bale of straw.</summary>
internal static class Farm
{
    public static readonly Place Place = new("farm", ["barn", "farmyard"], Furnish);

    private static IEnumerable<SceneObject> Furnish(Stage stage)
    {
        var foot = stage.Horizon + 9;
        yield return new(ZooObjectKind.Place, "fence", "brown", pen => Fence(pen, stage.Width, foot));
        var barn = stage.Take(52, 44, stage.Horizon + 5, stage.Horizon + 9);
        yield return new(ZooObjectKind.Place, "barn", "red", pen => pen.At(barn.Left, barn.Top, 1, () => Barn(pen)));
        var bale = stage.Take(22, 18, stage.Horizon + 16, stage.Height - 3);
        yield return new(ZooObjectKind.Place, "straw", "yellow", pen => pen.At(bale.Left, bale.Top, 1, () => Bale(pen)));
    }

    private static void Fence(Pen pen, float width, float foot)
    {
        pen.Rectangle(Palette.Wood, 0, foot - 18, width, 4);
        pen.Rectangle(Palette.Wood, 0, foot - 9, width, 4);
        for (float x = 6; x < width; x += 20)
        {
            pen.Rectangle(Palette.Wood, x - 3, foot - 23, 6, 23, 2);
        }
    }

    private static void Barn(Pen pen)
    {
        pen.Polygon(Palette.Red, 4, 18, 12, 8, 26, 2, 40, 8, 48, 18, 48, 44, 4, 44);
        pen.Curve(Palette.White, 3, "M2 19 L11 7 L26 1.5 L41 7 L50 19");
        pen.Rectangle(Palette.White, 16, 24, 20, 20);
        pen.Rectangle(Palette.Red, 18, 26, 16, 18);
        pen.Curve(Palette.White, 2, "M18 26 L34 44 M34 26 L18 44");
        pen.Rectangle(Palette.White, 21, 9, 10, 9);
        pen.Rectangle(Palette.Black, 22.5f, 10.5f, 7, 6);
    }

    private static void Bale(Pen pen)
    {
        pen.Rectangle(Palette.Yellow, 0, 0, 22, 18, 5);
        pen.Curve(Palette.Wood, 1.4f, "M4 6 L9 5 M12 8 L18 7 M3 12 L8 13 M13 14 L18 13 M7 1 L7 17 M15 1 L15 17");
    }
}
