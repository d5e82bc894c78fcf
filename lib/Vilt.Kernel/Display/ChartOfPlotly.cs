using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;
using Vilt.Shared;

namespace Vilt.Kernel.Display;

/// <summary>
/// Shows Plotly.NET's charts. The kernel does not depend on that library, since users choose its version: it recognizes a chart by name
/// and asks it for its JSON by reflection.
/// </summary>
internal static class ChartOfPlotly
{
    /// <summary>Plotly's own MIME type, which JupyterLab's and VS Code's renderers of figures know.</summary>
    public const string MimeType = "application/vnd.plotly.v1+json";

    private const string ChartType = "Plotly.NET.GenericChart";
    private const string Text = "Plotly.NET chart";
    private const string NoPicture = "<i>Plotly.NET chart: it is drawn by a script, once the notebook is trusted.</i>";

    /// <summary>Whether a value is a chart: a class of its own, or in older versions a union within a module.</summary>
    public static bool IsOne(object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName is ChartType or ChartType + "+GenericChart")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A chart in a MIME type.</summary>
    public static string In(string mimeType, object chart) => mimeType switch
    {
        MimeType => Figure(chart),
        HtmlFormatter.MimeType => Page(chart),
        PlainTextFormatter.MimeType => Text,
        _ => chart.ToDisplayString(mimeType),
    };

    /// <summary>A place for the chart and its data for the script, which waits for plotly.js or is drawn at once.</summary>
    private static string Page(object chart)
    {
        // JSON is JavaScript, but "</script>" in a label would end the element.
        var figure = Figure(chart).Replace("<", "\\u003c", StringComparison.Ordinal);
        return $"""
            <div><div class="vilt-figure">{NoPicture}</div>
            <script>(window.viltFigures ??= []).push([document.currentScript?.parentElement.querySelector(".vilt-figure"), {figure}])</script></div>
            {PlotlyScript.Of(chart.GetType().Assembly)}
            """;
    }

    private static string Figure(object chart) => (string)chart.GetType().Assembly.GetType(ChartType, throwOnError: true)!
        .GetMethod("toFigureJson", BindingFlags.Public | BindingFlags.Static)!
        .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [chart], culture: null)!;
}
