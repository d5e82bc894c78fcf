using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.FSharp.Collections;
using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;

namespace Vilt.Visuals;

/// <summary>Figures as Plotly.NET's charts.</summary>
public static class PlotlyChart
{
    /// <summary>Sets a chart's title, which Plotly.NET.CSharp 0.14 leaves out.</summary>
    /// <param name="chart">The chart, which is changed in place as Plotly.NET's own functions do.</param>
    /// <param name="title">The title; HTML in it is interpreted.</param>
    /// <returns>The chart.</returns>
    public static GenericChart WithTitle(this GenericChart chart, string title) => Chart.withTitle(title, null).Invoke(chart);

    internal static GenericChart From(PlotlyFigure figure)
    {
        var traces = figure.Traces.Select(trace => Filled(new Trace(trace.Text("type")!), trace));
        var config = JsonSerializer.SerializeToNode(PlotlyStyle.Config)!.AsObject();
        return GenericChart.fromChartDTO(new(ListModule.OfSeq(traces), Filled(new Layout(), figure.Layout), Filled(new Config(), config)));
    }

    private static T Filled<T>(T target, JsonObject source) where T : DynamicObj.DynamicObj
    {
        foreach (var (name, value) in source.Where(member => member.Value is not null))
        {
            target.SetProperty(name, ValueOf(name, value!));
        }

        return target;
    }

    private static object? ValueOf(string name, JsonNode? node) => node switch
    {
        JsonObject members => Filled(PartOf(name), members),
        JsonArray list => list.Select(item => ValueOf(name, item)).ToArray(),
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        JsonValue value => value.TryGetValue(out int whole) ? whole : value.GetValue<double>(),
        _ => null,
    };

    /// <summary>An empty part of the type that Plotly.NET looks for; with another type it would start over.</summary>
    private static DynamicObj.DynamicObj PartOf(string name) => name.TrimEnd("0123456789".ToCharArray()) switch
    {
        "xaxis" or "yaxis" => new LinearAxis(),
        "annotations" => new Annotation(),
        "colorbar" => new ColorBar(),
        "font" or "tickfont" => new Font(),
        "legend" => new Legend(),
        "line" => new Line(),
        "margin" => new Margin(),
        "marker" => new Marker(),
        "title" => new Title(),
        _ => new DynamicObj.DynamicObj(),
    };
}
