using System.Globalization;
using System.Text.Json.Nodes;
using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>Reads plotly.js's JSON, in which an attribute is a number, a list or a packed array.</summary>
internal static class PlotlyValues
{
    internal static string? Text(this JsonNode? node, string name) => node?[name] is JsonValue value ? value.ToString() : null;

    internal static double? Number(this JsonNode? node, string name) => node?[name] is JsonValue value ? Number(value) : null;

    internal static bool? Flag(this JsonNode? node, string name) =>
        node?[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    internal static SKColor? Color(this JsonNode? node, string name) =>
        node.Text(name) is { } text && SKColor.TryParse(text, out var color) ? color : null;

    /// <summary>The text of a title, which is an object or, in older versions, text.</summary>
    internal static string? Title(this JsonNode? node) => node?["title"] is JsonObject title ? title.Text("text") : node.Text("title");

    /// <summary>Numbers of a list; NaN for anything else.</summary>
    internal static double[]? Numbers(this JsonNode? node, string name) =>
        node?[name] is JsonArray list ? [.. list.Select(value => Number(value) ?? double.NaN)] : null;

    /// <summary>Rows of numbers: a list of lists, or signed or unsigned bytes packed by <see cref="Pack"/>.</summary>
    internal static double[][] Rows(this JsonNode node, string name)
    {
        if (node[name] is JsonArray rows)
        {
            return [.. rows.Select(row => row!.AsArray().Select(value => Number(value) ?? double.NaN).ToArray())];
        }

        var packed = node[name]!;
        var bytes = Convert.FromBase64String(packed.Text("bdata")!);
        var columns = int.Parse(packed.Text("shape")!.Split(',')[1], CultureInfo.InvariantCulture);
        var isSigned = packed.Text("dtype") == "i1";
        return [.. bytes.Chunk(columns).Select(row => row.Select(value => isSigned ? (sbyte)value : (double)value).ToArray())];
    }

    /// <summary>Packs whole numbers within −128…127 or 0…255 as plotly.js 2.28 and newer reads them: a byte each.</summary>
    internal static object Pack(double[,] values, bool isSigned) => new
    {
        dtype = isSigned ? "i1" : "u1",
        bdata = Convert.ToBase64String([.. values.Cast<double>().Select(value => unchecked((byte)(int)Math.Round(value)))]),
        shape = $"{values.GetLength(0)},{values.GetLength(1)}",
    };

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && double.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var number) ? number : null;
}
