namespace Vilt.Visuals;

/// <summary>The two colors of words that speak for an answer and against it.</summary>
public enum WordColors
{
    /// <summary>captum's: green for, red against. Some people see both as brown.</summary>
    GreenAndRed,

    /// <summary>Blue for, orange against: distinguishable with all but the rarest kinds of color blindness.</summary>
    BlueAndOrange,
}

/// <summary>The background of a word: captum's <c>_get_color</c>, by default in its colors.</summary>
public static class WordColor
{
    // captum rounds lightness to whole percents, so that less than this is white.
    private const double Faintest = 0.02;

    /// <summary>The CSS color of an attribution, which is clipped to −1…1.</summary>
    /// <param name="attribution">The attribution.</param>
    /// <param name="colors">The two colors.</param>
    /// <exception cref="ArgumentException">The attribution is NaN, or there are no such colors.</exception>
    public static string Of(double attribution, WordColors colors = WordColors.GreenAndRed)
    {
        if (double.IsNaN(attribution))
        {
            throw new ArgumentException("An attribution of NaN has no color.", nameof(attribution));
        }

        var value = Math.Clamp(attribution, -1, 1);
        var (positive, negative) = colors switch
        {
            WordColors.GreenAndRed => (120, 0),
            WordColors.BlueAndOrange => (210, 30),
            _ => throw new ArgumentOutOfRangeException(nameof(colors), colors, "There are no such word colors."),
        };
        return value > 0
            ? $"hsl({positive}, 75%, {100 - (int)(50 * value)}%)"
            : $"hsl({negative}, 75%, {100 - (int)(-40 * value)}%)";
    }

    /// <summary>
    /// The sign of an attribution whose color is more than white, so that it can be shown without color too; 0 for others.
    /// </summary>
    internal static int SignOf(double attribution) => Math.Abs(attribution) < Faintest ? 0 : Math.Sign(attribution);
}
