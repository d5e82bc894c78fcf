using System.Globalization;

namespace Vilt.Visuals;

/// <summary>
/// A table of 256 colors, linear between stops: what matplotlib's <c>LinearSegmentedColormap.from_list(name, stops, N=256)</c> returns,
/// equal in every 8-bit value.
/// </summary>
public sealed class ColorMap
{
    private const int Count = 256;
    private readonly (byte Red, byte Green, byte Blue)[] table;

    private ColorMap((double Position, string Color)[] stops, (byte, byte, byte)[] table) => (Stops, this.table) = (stops, table);

    /// <summary>The tutorial's map for magnitudes: white, a dark blue at a quarter, black.</summary>
    public static ColorMap CustomBlue { get; } = FromStops((0, "#ffffff"), (0.25, "#252b36"), (1, "#000000"));

    /// <summary>captum's map for attributions of both signs: red, white, green (matplotlib's "green", #008000).</summary>
    public static ColorMap RedWhiteGreen { get; } = FromStops((0, "#ff0000"), (0.5, "#ffffff"), (1, "#008000"));

    /// <summary>For attributions of both signs, for readers who can't tell red and green apart: orange, white, blue.</summary>
    public static ColorMap OrangeWhiteBlue { get; } = FromStops((0, "#d95f02"), (0.5, "#ffffff"), (1, "#1f5fbf"));

    /// <summary>The stops that the map was made from, as (position in 0…1, #rrggbb).</summary>
    public IReadOnlyList<(double Position, string Color)> Stops { get; }

    /// <summary>Makes a map that is linear in red, green and blue between its stops.</summary>
    /// <param name="stops">Ascending positions from 0 to 1, each with a color #rrggbb.</param>
    /// <exception cref="ArgumentException">Positions don't ascend from 0 to 1, or a color isn't #rrggbb.</exception>
    public static ColorMap FromStops(params (double Position, string Color)[] stops)
    {
        ArgumentNullException.ThrowIfNull(stops);
        var ascending = stops.Zip(stops.Skip(1)).All(pair => pair.First.Position < pair.Second.Position);
        if (stops.Length < 2 || stops[0].Position != 0 || stops[^1].Position != 1 || !ascending)
        {
            throw new ArgumentException("The stops of a color map must ascend from position 0 to position 1.", nameof(stops));
        }

        double[][] colors = [.. stops.Select(stop => Parse(stop.Color))];
        var table = new (byte, byte, byte)[Count];
        for (var i = 0; i < Count; i++)
        {
            table[i] = (Channel(stops, colors, i, 0), Channel(stops, colors, i, 1), Channel(stops, colors, i, 2));
        }

        return new ColorMap([.. stops], table);
    }

    /// <summary>The color of a value in 0…1; a value outside gets the color at the nearer end.</summary>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    public (byte Red, byte Green, byte Blue) this[double value] => double.IsNaN(value)
        ? throw new ArgumentException("NaN has no color.", nameof(value))
        : table[(int)Math.Clamp(value * Count, 0, Count - 1)];

    // The order of operations is numpy's in matplotlib's _create_lookup_table: another order rounds to other 8-bit values.
    private static byte Channel((double Position, string)[] stops, double[][] colors, int index, int channel)
    {
        const double last = Count - 1;
        if (index == Count - 1)
        {
            return ToByte(colors[^1][channel]);
        }

        if (index == 0)
        {
            return ToByte(colors[0][channel]);
        }

        var x = last * (index * (1 / last));
        var right = Array.FindIndex(stops, stop => stop.Position * last >= x);
        var left = stops[right - 1].Position * last;
        var distance = (x - left) / ((stops[right].Position * last) - left);
        return ToByte((distance * (colors[right][channel] - colors[right - 1][channel])) + colors[right - 1][channel]);
    }

    private static byte ToByte(double value) => (byte)(Math.Clamp(value, 0, 1) * 255);

    private static double[] Parse(string color)
    {
        if (color is null || color.Length != 7 || color[0] != '#' ||
            !int.TryParse(color.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
        {
            throw new ArgumentException($"\"{color}\" is not a color in the form #rrggbb.", nameof(color));
        }

        return [(rgb >> 16) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0];
    }
}
