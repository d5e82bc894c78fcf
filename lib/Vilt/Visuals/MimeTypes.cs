namespace Vilt.Visuals;

internal static class MimeTypes
{
    internal const string Plotly = "application/vnd.plotly.v1+json";
    internal const string Png = "image/png";
    internal const string Html = "text/html";
    internal const string Plain = "text/plain";
}
