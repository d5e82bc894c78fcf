using SkiaSharp;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

/// <summary>A coat by its word, such as "gray" or "white and brown".</summary>
/// <param name="Words">The answer to "what color is it".</param>
/// <param name="Coat">The color of the body.</param>
/// <param name="Mark">The color of spots, stripes and tips; null for a plain coat.</param>
internal sealed record Look(string Words, SKColor Coat, SKColor? Mark)
{
    public static Look Plain(string word) => new(word, Palette.Named(word), null);

    public static Look Marked(string words, string coat, string mark) => new(words, Palette.Named(coat), Palette.Named(mark));
}
