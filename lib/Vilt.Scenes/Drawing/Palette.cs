using SkiaSharp;

namespace Vilt.Scenes.Drawing;

/// <summary>
/// The colors of the Zoo. A baseline of zero after normalization is the mid-gray 127.5, and what equals the baseline gets
/// no attribution: so what decides an answer is painted far from mid-gray, and sky and ground close to it.
/// </summary>
internal static class Palette
{
    public static readonly SKColor White = new(250, 250, 247);
    public static readonly SKColor Black = new(30, 30, 36);
    public static readonly SKColor Brown = new(126, 70, 28);
    public static readonly SKColor Gray = new(176, 185, 202);
    public static readonly SKColor Orange = new(244, 136, 24);
    public static readonly SKColor Yellow = new(255, 218, 52);
    public static readonly SKColor Pink = new(255, 158, 196);
    public static readonly SKColor Blue = new(38, 112, 236);
    public static readonly SKColor Green = new(34, 168, 66);
    public static readonly SKColor Red = new(222, 36, 44);
    public static readonly SKColor Purple = new(142, 50, 190);
    public static readonly SKColor Cream = new(250, 214, 172);
    public static readonly SKColor Wood = new(168, 98, 36);
    public static readonly SKColor DarkGreen = new(14, 104, 52);
    public static readonly SKColor Iron = new(50, 52, 66);

    /// <summary>The colors of balls, hats, buckets and the like, by the word for them.</summary>
    public static readonly IReadOnlyList<(string Word, SKColor Color)> Toys =
        [("red", Red), ("blue", Blue), ("green", Green), ("purple", Purple), ("yellow", Yellow)];

    private static readonly Dictionary<string, SKColor> ByWord = new()
    {
        ["white"] = White,
        ["black"] = Black,
        ["brown"] = Brown,
        ["gray"] = Gray,
        ["orange"] = Orange,
        ["yellow"] = Yellow,
        ["pink"] = Pink,
        ["blue"] = Blue,
        ["green"] = Green,
    };

    public static SKColor Named(string word) => ByWord[word];

    public static SKColor Mix(SKColor a, SKColor b, float shareOfB) => new(
        Between(a.Red, b.Red, shareOfB), Between(a.Green, b.Green, shareOfB), Between(a.Blue, b.Blue, shareOfB));

    /// <summary>The same color in shadow, for legs on the far side; black becomes lighter, or it would not be seen.</summary>
    public static SKColor Shaded(SKColor color) =>
        Luminance(color) < 60 ? Mix(color, White, 0.16f) : Mix(color, Black, 0.14f);

    /// <summary>The same color much lighter, for bellies and muzzles; white becomes a little darker.</summary>
    public static SKColor Tinted(SKColor color) => Luminance(color) > 230 ? Shaded(color) : Mix(color, White, 0.5f);

    private static float Luminance(SKColor color) => 0.299f * color.Red + 0.587f * color.Green + 0.114f * color.Blue;

    private static byte Between(byte a, byte b, float share) => (byte)MathF.Round(a + (b - a) * share);
}
