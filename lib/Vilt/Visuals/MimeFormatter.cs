using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Visuals;

/// <summary>Writes a value in one MIME type.</summary>
internal sealed class MimeFormatter<T>(string mimeType, Func<T, string> format) : TypeFormatter<T>
{
    public override string MimeType => mimeType;

    public override bool Format(T value, FormatContext context)
    {
        context.Writer.Write(format(value));
        return true;
    }
}
