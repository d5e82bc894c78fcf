using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

internal static class Giraffe
{
    public static readonly Animal Animal = new("giraffe", "giraffes", ["giraffes", "tall animal"], 112,
        [Looks.YellowAndBrown, Looks.WhiteAndBrown, Looks.BlackAndWhite, Looks.OrangeAndWhite, Looks.PinkAndWhite, Looks.BlackAndYellow],
        Draw);

    private const string Body = "M8 66 C8 56 22 55 36 56 C48 56 58 54 62 62 C66 74 58 82 38 80 C18 82 8 78 8 66 Z";
    private const string Neck = "M42 60 C50 52 58 38 62 26 L80 30 C76 48 70 64 60 76 Z";

    private static void Draw(Pen pen, Pose pose)
    {
        SKColor coat = pose.Look.Coat, mark = pose.Look.Mark!.Value;
        pen.Curve(coat, 2.8f, "M10 62 Q1 68 3 80");
        pen.Ellipse(mark, 3.6f, 84, 3.2f, 5.5f);
        Limbs.FourLegs(pen, coat, mark, 15, 55, 72, 112, 9);
        pen.Shape(coat, Body);
        pen.Shape(coat, Neck);
        Patches(pen, mark);
        Head(pen, pose, coat, mark);
        Face.Dress(pen, pose, 76, 10, 15, 16, 16);
    }

    private static void Patches(Pen pen, SKColor mark)
    {
        pen.Inside(Body, () => pen.Shape(mark,
            "M10 58 L20 56 L22 65 L13 68 Z M25 56 L36 57 L36 66 L26 67 Z " +
            "M15 71 L25 70 L27 79 L17 80 Z M30 70 L42 69 L43 79 L31 80 Z " +
            "M40 58 L50 58 L52 66 L41 66 Z M47 69 L58 68 L59 77 L48 79 Z"));
        pen.Inside(Neck, () => pen.Shape(mark,
            "M52 48 L61 49 L59 57 L50 56 Z M59 36 L66 37 L64 46 L57 45 Z M68 42 L76 44 L73 52 L66 51 Z M62 54 L71 56 L67 64 L60 62 Z"));
    }

    private static void Head(Pen pen, Pose pose, SKColor coat, SKColor mark)
    {
        pen.Line(coat, 3.6f, 70, 14, 68, 4);
        pen.Line(coat, 3.6f, 82, 14, 84, 4);
        pen.Circle(mark, 67.6f, 3.8f, 3.6f);
        pen.Circle(mark, 84.4f, 3.8f, 3.6f);
        if (pose.LeftEar)
        {
            pen.Ellipse(coat, 55, 17, 8.5f, 4.6f, 20);
            pen.Ellipse(Palette.Pink, 55, 17, 5, 2.2f, 20);
        }

        if (pose.RightEar)
        {
            pen.Ellipse(coat, 92, 17, 7.6f, 4.6f, -20);
            pen.Ellipse(Palette.Pink, 92, 17, 5, 2.2f, -20);
        }

        pen.Shape(coat, "M60 22 C60 12 67 9 76 9 C85 9 92 12 92 22 C92 32 90 40 87 44 C83 49 69 49 65 44 C62 40 60 32 60 22 Z");
        pen.Ellipse(Palette.Tinted(coat), 76, 41, 12, 7.5f);
        pen.Ellipse(Palette.Black, 71, 40, 1.6f, 2.2f);
        pen.Ellipse(Palette.Black, 81, 40, 1.6f, 2.2f);
        Face.Eyes(pen, pose.Eyes, 76, 24, 9, 7.2f);
    }
}
