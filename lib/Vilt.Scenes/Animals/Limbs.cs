using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

/// <summary>Legs of four-footed animals, the far pair in the shadow.</summary>
internal static class Limbs
{
    /// <summary>Draw before the body; <paramref name="hoof"/> colors hooves or paws.</summary>
    public static void FourLegs(Pen pen, SKColor coat, SKColor hoof, float back, float front, float top, float foot, float width)
    {
        var far = Palette.Shaded(coat);
        Leg(pen, far, hoof, back + width * 0.9f, top, foot - 2.5f, width);
        Leg(pen, far, hoof, front - width * 0.9f, top, foot - 2.5f, width);
        Leg(pen, coat, hoof, back, top, foot, width);
        Leg(pen, coat, hoof, front, top, foot, width);
    }

    private static void Leg(Pen pen, SKColor color, SKColor hoof, float x, float top, float foot, float width)
    {
        pen.Rectangle(color, x - width / 2, top, width, foot - top, width * 0.3f);
        pen.Rectangle(hoof, x - width / 2, foot - 6, width, 6, 2);
    }
}
