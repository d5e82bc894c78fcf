using System.Text.Json;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Language;

/// <summary>Writes declarations and prose as front ends show them.</summary>
internal static class Description
{
    /// <summary>Gives plain text and Markdown.</summary>
    /// <param name="declarations">Lines of C#.</param>
    /// <param name="paragraphs">Text about them, in Markdown.</param>
    public static MimeBundle ToBundle(IReadOnlyList<string> declarations, IReadOnlyList<string> paragraphs)
    {
        var code = string.Join('\n', declarations);
        var prose = string.Join("\n\n", paragraphs);
        var end = prose.Length > 0 ? "\n\n" + prose : "";
        return new(new Dictionary<string, JsonElement>
        {
            ["text/plain"] = JsonSerializer.SerializeToElement(code + end),
            ["text/markdown"] = JsonSerializer.SerializeToElement($"```csharp\n{code}\n```{end}"),
        });
    }
}
