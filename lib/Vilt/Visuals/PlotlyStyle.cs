using System.Text.Json;

namespace Vilt.Visuals;

/// <summary>
/// What the Plotly figures have in common. They are written with System.Text.Json: seen from C#, Plotly.NET's F# functions take
/// every optional argument, and its JSON carries a template of many kilobytes in each figure.
/// </summary>
internal static class PlotlyStyle
{
    internal const string Ink = "#252b36";
    internal const string Grid = "#e4e7eb";
    internal const string Accent = "#3b7ea8";
    internal const string PaleAccent = "#a9c8dc";

    // A paper of its own color, so that the dark text is legible on a dark page too.
    internal const string Paper = "#ffffff";

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

    internal static object AxisTitle(string text) => new { text, font = new { size = 13 } };

    internal static string Json(object[] data, object layout) => JsonSerializer.Serialize(new { data, layout, config = Config });
}
