using System.Text.Json.Nodes;
using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

/// <summary>Parts of a figure's Plotly JSON.</summary>
internal static class PlotlyJson
{
    internal static JsonNode Json(this Figure figure) => JsonNode.Parse(figure.ToPlotlyJson())!;

    internal static JsonNode Trace(this Figure figure, string type) =>
        figure.Json()["data"]!.AsArray().Single(trace => (string?)trace!["type"] == type)!;
}
