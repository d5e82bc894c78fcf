using System.Globalization;

namespace Vilt.Notebooks.Pages;

/// <summary>How a terminal shows a character, by Select Graphic Rendition of ECMA-48 and xterm's colors.</summary>
/// <param name="Foreground">A color's name, such as red, or <c>rgb(r,g,b)</c>; null for the page's own.</param>
/// <param name="Background">The same for the background.</param>
/// <param name="Bold">In bold type.</param>
/// <param name="Italic">In italics.</param>
/// <param name="Underline">Underlined.</param>
/// <param name="Inverse">With the two colors exchanged.</param>
internal readonly record struct AnsiStyle(
    string? Foreground = null,
    string? Background = null,
    bool Bold = false,
    bool Italic = false,
    bool Underline = false,
    bool Inverse = false)
{
    private static readonly string[] Names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
    private static readonly int[] CubeLevels = [0, 95, 135, 175, 215, 255];

    /// <summary>The style after a sequence of codes, such as <c>1;38;5;208</c>.</summary>
    public AnsiStyle Apply(ReadOnlySpan<char> codes)
    {
        var numbers = new List<int>();
        foreach (var part in codes.Split(';'))
        {
            numbers.Add(int.TryParse(codes[part], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
        }

        var style = this;
        for (var i = 0; i < numbers.Count; i++)
        {
            style = numbers[i] switch
            {
                38 => style with { Foreground = Extended(numbers, ref i) ?? style.Foreground },
                48 => style with { Background = Extended(numbers, ref i) ?? style.Background },
                var code => style.With(code),
            };
        }

        return style;
    }

    /// <summary>HTML in this style.</summary>
    public string ToHtml(string html)
    {
        if (this == default)
        {
            return html;
        }

        var (foreground, background) = Inverse ? (Background ?? "white", Foreground ?? "black") : (Foreground, Background);
        var classes = new List<string>();
        var css = new List<string>();
        Add(foreground, "color", "");
        Add(background, "background-color", "-bg");
        (bool Is, string Name)[] faces = [(Bold, "ansi-bold"), (Italic, "ansi-italic"), (Underline, "ansi-underline")];
        classes.AddRange(faces.Where(face => face.Is).Select(face => face.Name));
        return $"<span{Attribute("class", ' ', classes)}{Attribute("style", ';', css)}>{html}</span>";

        void Add(string? color, string property, string suffix)
        {
            if (color is null)
            {
                return;
            }

            if (color.StartsWith("rgb", StringComparison.Ordinal))
            {
                css.Add($"{property}:{color}");
            }
            else
            {
                classes.Add($"ansi-{color}{suffix}");
            }
        }
    }

    private static string Attribute(string name, char separator, List<string> values) =>
        values.Count > 0 ? $" {name}=\"{string.Join(separator, values)}\"" : "";

    private AnsiStyle With(int code) => code switch
    {
        0 => default,
        1 => this with { Bold = true },
        3 => this with { Italic = true },
        4 or 21 => this with { Underline = true },
        7 => this with { Inverse = true },
        22 => this with { Bold = false },
        23 => this with { Italic = false },
        24 => this with { Underline = false },
        27 => this with { Inverse = false },
        >= 30 and <= 37 or >= 90 and <= 97 => this with { Foreground = Names[code % 10] },
        39 => this with { Foreground = null },
        >= 40 and <= 47 or >= 100 and <= 107 => this with { Background = Names[code % 10] },
        49 => this with { Background = null },
        _ => this,
    };

    /// <summary>
    /// The color after 38 or 48: <c>5;n</c> of xterm's table or <c>2;r;g;b</c>; null, its codes skipped, for anything else.
    /// </summary>
    private static string? Extended(List<int> codes, ref int i)
    {
        var kind = i + 1 < codes.Count ? codes[i + 1] : 0;
        var (at, count) = kind switch { 5 => (i + 2, 1), 2 => (i + 2, 3), _ => (i + 1, 0) };
        i = Math.Min(codes.Count, at + count) - 1;
        if (count == 0 || at + count > codes.Count || codes.Slice(at, count).Any(value => value > 255))
        {
            return null;
        }

        return kind == 2 ? $"rgb({codes[at]},{codes[at + 1]},{codes[at + 2]})" : OfTable(codes[at]);
    }

    /// <summary>xterm's 256 colors: the eight and their bright forms, a cube of 6 × 6 × 6, 24 grays.</summary>
    private static string OfTable(int index) => index switch
    {
        < 16 => Names[index % 8],
        < 232 => $"rgb({CubeLevels[(index - 16) / 36]},{CubeLevels[(index - 16) / 6 % 6]},{CubeLevels[(index - 16) % 6]})",
        _ => $"rgb({8 + (10 * (index - 232))},{8 + (10 * (index - 232))},{8 + (10 * (index - 232))})",
    };
}
