using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vilt.Visuals;

/// <summary>Data, layout and config of a figure in plotly.js's terms, and its picture.</summary>
internal sealed class PlotlyFigure
{
    private static readonly string[] DrawnTypes = ["scatter", "bar", "heatmap", "image"];
    private static readonly string[] MapTypes = ["heatmap", "image"];
    private readonly Lazy<byte[]> png;

    /// <summary>Reads a figure.</summary>
    /// <param name="json">Data, layout and perhaps config.</param>
    internal PlotlyFigure(string json)
    {
        Json = json;
        var root = JsonNode.Parse(json)!;
        Traces = [.. root["data"]!.AsArray().Select(trace => trace!.AsObject())];
        Layout = root["layout"]?.AsObject() ?? [];
        png = new(() => Drawn(drawing => Description is { } text ? PngDescription.Add(drawing.ToPng(), text) : drawing.ToPng()));
    }

    internal string Json { get; }

    internal IReadOnlyList<JsonObject> Traces { get; }

    internal JsonObject Layout { get; }

    /// <summary>What it shows, which this library's figures carry along; null for any other.</summary>
    internal string? Description => Layout["meta"] is JsonObject meta ? meta.Text("description") : null;

    /// <summary>Whether <see cref="FigurePicture"/> can draw it: one of this library's, or one made from it.</summary>
    internal bool CanBeDrawn => Description is not null && Traces.All(trace => DrawnTypes.Contains(trace.Text("type")));

    /// <summary>Whether it consists of pictures and heat maps.</summary>
    internal bool IsMap => Traces.All(trace => MapTypes.Contains(trace.Text("type")));

    /// <summary>Whether a heat map shows both signs.</summary>
    internal bool HasSigns => Traces.Any(trace => trace.Number("zmin") < 0);

    internal byte[] Png => png.Value;

    /// <summary>The same picture, smaller and with slight losses: colors are blended over four pixels.</summary>
    internal byte[] WebP => Drawn(drawing => drawing.ToWebP());

    internal static PlotlyFigure Of(object[] data, object layout, string description)
    {
        var described = JsonSerializer.SerializeToNode(layout)!;
        described["meta"] = new JsonObject { ["description"] = description };
        return new(JsonSerializer.Serialize(new { data, layout = described, config = PlotlyStyle.Config }));
    }

    private byte[] Drawn(Func<Drawing, byte[]> encode)
    {
        using var drawing = FigurePicture.Draw(this);
        return encode(drawing);
    }
}
