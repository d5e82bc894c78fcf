using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Language;

/// <summary>Chooses between a name's description and that of the call around it.</summary>
internal static class Inspection
{
    public static async Task<MimeBundle?> FindAsync(Document document, int position, int detail, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        if (TouchesName(root, position))
        {
            return await Hover.FindAsync(document, position, detail, cancellation).ConfigureAwait(false);
        }

        // For an argument that is not a name, such as a number, the call says more.
        return await SignatureHelp.FindAsync(document, position, cancellation).ConfigureAwait(false)
            ?? await Hover.FindAsync(document, position, detail, cancellation).ConfigureAwait(false);
    }

    private static bool TouchesName(SyntaxNode root, int position) =>
        IsName(root.FindToken(position), position) || (position > 0 && IsName(root.FindToken(position - 1), position));

    private static bool IsName(SyntaxToken token, int position) =>
        token.IsKind(SyntaxKind.IdentifierToken) && token.Span.IntersectsWith(position);
}
