using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

internal static class Elephant
{
    public static readonly Animal Animal = new("elephant", "elephants", ["elephants", "baby elephant"], 86,
        [Looks.Gray, Looks.White, Looks.Brown, Looks.Pink, Looks.Black, Looks.Yellow], Draw);

    private static void Draw(Pen pen, Pose pose)
    {
        SKColor coat = pose.Look.Coat, shade = Palette.Shaded(coat);
        pen.Curve(shade, 2.6f, "M7 42 Q1 50 3 62");
        pen.Circle(Palette.Black, 3, 63, 2.4f);
        Limbs.FourLegs(pen, coat, Palette.Tinted(coat), 16, 57, 56, 86, 13.5f);
        pen.Shape(coat, "M5 50 C3 26 20 20 38 22 C58 20 70 32 68 50 C68 68 58 70 38 70 C16 70 7 68 5 50 Z");
        Ears(pen, pose, shade);
        pen.Circle(coat, 73, 32, 18);
        pen.Curve(coat, 11, "M74 42 C75 56 73 70 80 74 C86 77 91 72 90 66");
        pen.Curve(shade, 1.2f, "M70 56 L79 56 M70 61 L79 61 M71 66 L79 65");
        pen.Shape(Palette.White, "M64 44 C62 52 65 57 70 58 C67 53 67 49 68 45 Z");
        pen.Shape(Palette.White, "M80 45 C80 52 84 55 88 55 C85 51 85 48 85 44 Z");
        Face.Eyes(pen, pose.Eyes, 73.5f, 31, 8.6f, 7.2f);
        Face.Dress(pen, pose, 73, 15, 17, 20, 24);
    }

    private static void Ears(Pen pen, Pose pose, SKColor shade)
    {
        if (pose.LeftEar)
        {
            pen.Shape(shade, "M62 18 C46 8 38 18 40 32 C41 46 50 54 60 46 Z");
            pen.Shape(Palette.Mix(shade, Palette.Pink, 0.55f), "M60 23 C50 16 44 22 45 32 C46 42 52 47 59 42 Z");
        }

        if (pose.RightEar)
        {
            pen.Shape(shade, "M82 18 C92 8 100 16 99 30 C98 44 92 50 85 44 Z");
            pen.Shape(Palette.Mix(shade, Palette.Pink, 0.55f), "M87 22 C92 16 96 20 95 30 C95 40 91 43 87 40 Z");
        }
    }
}
