using System.Text.Json.Nodes;
using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>
/// What the Plotly figures share. They are written with System.Text.Json: Plotly.NET takes a third of a second for its
/// first chart, and its JSON carries a template of many kilobytes in each figure.
/// </summary>
internal static class PlotlyStyle
{
    internal const string Ink = "#252b36";
    internal const string Grid = "#e4e7eb";
    internal const string Accent = "#3b7ea8";
    internal const string PaleAccent = "#a9c8dc";

    // A white background, so that the dark text is legible on a dark page too, and a heat map's white means zero.
    internal const string Paper = "#ffffff";

    internal static readonly string[] Colors = [Accent, "#d9822b", "#4c9a5b", "#8a5fb0"];

    internal static readonly object Font = new
    {
        family = "system-ui, 'Segoe UI', 'DejaVu Sans', Arial, sans-serif",
        size = 13,
        color = Ink,
    };

    internal static readonly object Config = new
    {
        displaylogo = false,
        modeBarButtonsToRemove = new[] { "select2d", "lasso2d", "autoScale2d" },
    };

    internal static object Title(string text) => new { text, x = 0.5, xanchor = "center", font = new { size = 15 } };

    /// <summary>The layout of one or more curves over the same axes.</summary>
    /// <param name="title">The title on top.</param>
    /// <param name="x">The horizontal axis, from <see cref="CurveAxis"/>.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="legendBelow">Whether to put the legend at the lower right, for curves that rise.</param>
    internal static object Curves(string title, object x, object y, bool legendBelow = false) => new
    {
        width = 720,
        height = 380,
        margin = new { l = 70, r = 20, t = 50, b = 55 },
        title = Title(title),
        paper_bgcolor = Paper,
        plot_bgcolor = Paper,
        font = Font,
        xaxis = x,
        yaxis = y,
        legend = new
        {
            x = 0.98,
            xanchor = "right",
            y = legendBelow ? 0.04 : 0.98,
            yanchor = legendBelow ? "bottom" : "top",
            bgcolor = "rgba(255,255,255,0.8)",
        },
        hovermode = "closest",
    };

    /// <summary>An axis of curves.</summary>
    /// <param name="title">What it measures.</param>
    /// <param name="range">Its ends, or null to follow the values.</param>
    /// <param name="fromZero">Whether it shows zero, if it follows the values.</param>
    /// <param name="logarithmicTicks">Decades between two ticks of a logarithmic axis; null for a linear one.</param>
    internal static object CurveAxis(string title, double[]? range = null, bool fromZero = false, double? logarithmicTicks = null) => new
    {
        title = new { text = title, font = new { size = 13 } },
        gridcolor = Grid,
        zeroline = false,
        range,
        rangemode = fromZero ? "tozero" : "normal",
        type = logarithmicTicks is null ? "linear" : "log",
        dtick = logarithmicTicks,
    };

    /// <summary>The color of a trace's line or marks; the next of <see cref="Colors"/> if it names none.</summary>
    internal static SKColor ColorOf(JsonObject trace, int index) =>
        trace["line"].Color("color") ?? trace["marker"].Color("color") ?? SKColor.Parse(Colors[index % Colors.Length]);
}
