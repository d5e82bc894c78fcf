using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.QuickInfo;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Language;

/// <summary>Describes the name at a position, by Roslyn.</summary>
internal static class Hover
{
    private static readonly string[] Short =
        [QuickInfoSectionKinds.Description, QuickInfoSectionKinds.DocumentationComments, QuickInfoSectionKinds.AnonymousTypes];

    public static async Task<MimeBundle?> FindAsync(Document document, int position, int detail, CancellationToken cancellation)
    {
        var found = await QuickInfoService.GetService(document)!.GetQuickInfoAsync(document, position, cancellation).ConfigureAwait(false);
        var sections = found?.Sections.Where(section => detail > 0 || Short.Contains(section.Kind)).ToList() ?? [];
        return sections.Count == 0 ? null : Description.ToBundle(
            [.. sections.Where(IsCode).Select(section => section.Text)],
            [.. sections.Where(section => !IsCode(section)).Select(section => section.Text.Trim())]);
    }

    private static bool IsCode(QuickInfoSection section) => section.Kind == QuickInfoSectionKinds.Description;
}
