using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

/// <summary>Horse and zebra: one build, other coats and manes.</summary>
internal static class Equine
{
    public const string Body = "M8 48 C8 34 24 35 38 37 C54 38 66 36 66 50 C66 66 54 66 38 65 C20 68 8 64 8 48 Z";
    public const string Neck = "M46 44 C52 32 56 20 66 14 L84 30 C76 38 72 48 64 58 Z";
    public const string Head = "M60 20 C60 8 68 5 77 5 C86 5 94 8 94 20 C94 32 91 44 90 52 C88 61 66 61 64 52 C63 44 60 32 60 20 Z";

    /// <summary><paramref name="decorate"/> draws on the body before the face is put on it.</summary>
    public static void Draw(Pen pen, Pose pose, SKColor legs, SKColor muzzle, Action decorate)
    {
        var coat = pose.Look.Coat;
        Limbs.FourLegs(pen, legs, Palette.Black, 16, 58, 54, 96, 9);
        pen.Shape(coat, Body);
        pen.Shape(coat, Neck);
        Ears(pen, pose, coat);
        pen.Shape(coat, Head);
        decorate();
        pen.Ellipse(muzzle, 77, 51, 13.5f, 9);
        pen.Ellipse(Palette.Black, 72, 51, 1.8f, 2.6f);
        pen.Ellipse(Palette.Black, 82, 51, 1.8f, 2.6f);
        Face.Eyes(pen, pose.Eyes, 77, 26, 9.6f, 7.4f);
        Face.Dress(pen, pose, 77, 6, 17, 14, 7);
    }

    private static void Ears(Pen pen, Pose pose, SKColor coat)
    {
        if (pose.LeftEar)
        {
            pen.Ellipse(coat, 62, 6, 5.5f, 11, -24);
            pen.Ellipse(Palette.Pink, 62, 6, 2.6f, 7, -24);
        }

        if (pose.RightEar)
        {
            pen.Ellipse(coat, 92, 6, 5.5f, 11, 24);
            pen.Ellipse(Palette.Pink, 92, 6, 2.6f, 7, 24);
        }
    }
}
