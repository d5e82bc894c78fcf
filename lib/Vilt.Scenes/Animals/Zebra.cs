using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

internal static class Zebra
{
    public static readonly Animal Animal = new("zebra", "zebras", ["zebras", "horse"], 96,
        [Looks.BlackAndWhite, Looks.WhiteAndBrown, Looks.OrangeAndWhite, Looks.PinkAndWhite, Looks.BlueAndWhite, Looks.BlackAndYellow],
        Draw);

    private static void Draw(Pen pen, Pose pose)
    {
        var stripe = pose.Look.Mark!.Value;
        pen.Curve(pose.Look.Coat, 3, "M10 44 Q1 52 3 64");
        pen.Ellipse(stripe, 4, 67, 3.4f, 7);
        pen.Curve(stripe, 7, "M44 40 C48 28 54 16 64 8");
        Equine.Draw(pen, pose, pose.Look.Coat, stripe, () => Stripes(pen, stripe));
    }

    private static void Stripes(Pen pen, SKColor stripe)
    {
        pen.Inside(Equine.Body, () => pen.Curve(stripe, 4.6f,
            "M14 30 Q10 50 16 70 M25 30 Q21 50 26 70 M36 30 Q33 50 37 70 M47 30 Q45 50 48 70 M58 32 Q57 50 59 70"));
        pen.Inside(Equine.Neck, () => pen.Curve(stripe, 4.2f, "M46 34 L64 48 M50 25 L70 40 M56 16 L74 32"));
        pen.Inside(Equine.Head, () => pen.Curve(stripe, 3.2f,
            "M56 33 L66 36 M56 40 L68 42 M98 33 L88 36 M98 40 L86 42 M71 38 L83 38"));
        pen.Shape(stripe, "M71 0 C74 -3 80 -3 83 0 L80 16 L77 19 L74 16 Z");
        pen.Curve(stripe, 3, "M12.5 74 L19.5 74 M12.5 82 L19.5 82 M54.5 74 L61.5 74 M54.5 82 L61.5 82");
    }
}
