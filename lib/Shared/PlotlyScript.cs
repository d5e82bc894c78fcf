using System.IO.Compression;
using System.Reflection;

namespace Vilt.Shared;

/// <summary>
/// The script that draws the figures of a page: plotly.js, compressed, and its starter. A host that knows <c>data-once</c> keeps it only in
/// the first output of the notebook that has it.
/// </summary>
internal static class PlotlyScript
{
    private static readonly Lock Gate = new();
    private static string? script;

    /// <summary>The script as an element.</summary>
    /// <param name="plotlyNet">The assembly of Plotly.NET, which holds plotly.js.</param>
    internal static string Of(Assembly plotlyNet)
    {
        lock (Gate)
        {
            return script ??= "<script data-once=\"plotly.js\">" + Resource("drawFigures.js")
                .Replace("FITTING", Resource("fitFigure.js"), StringComparison.Ordinal)
                .Replace("PLOTLY", PackedPlotly(plotlyNet), StringComparison.Ordinal) + "</script>";
        }
    }

    /// <summary>Content as gzip in base64.</summary>
    internal static string Packed(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(content);
        }

        return Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>A file embedded in this assembly.</summary>
    internal static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(PlotlyScript).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    // 3.6 MB of script in 1.5 MB of text.
    private static string PackedPlotly(Assembly plotlyNet)
    {
        var name = plotlyNet.GetManifestResourceNames().Single(name => name.EndsWith(".min.js", StringComparison.Ordinal));
        using var source = plotlyNet.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        source.CopyTo(content);
        return Packed(content.ToArray());
    }
}
