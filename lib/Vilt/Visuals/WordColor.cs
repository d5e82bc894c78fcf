namespace Vilt.Visuals;

/// <summary>The background of a word: captum's <c>_get_color</c>, green for positive attributions and red for negative ones.</summary>
public static class WordColor
{
    /// <summary>The CSS color of an attribution, which is clipped to −1…1.</summary>
    /// <exception cref="ArgumentException">The attribution is NaN.</exception>
    public static string Of(double attribution)
    {
        if (double.IsNaN(attribution))
        {
            throw new ArgumentException("An attribution of NaN has no color.", nameof(attribution));
        }

        var value = Math.Clamp(attribution, -1, 1);
        return value > 0
            ? $"hsl(120, 75%, {100 - (int)(50 * value)}%)"
            : $"hsl(0, 75%, {100 - (int)(-40 * value)}%)";
    }
}
