using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display;

/// <summary>
/// Leaves the style sheet that .NET Interactive's formatter puts into every HTML output in one output of a notebook.
/// The cell that carries it puts it out again when it is run again, since its old output is gone then.
/// </summary>
internal sealed class SharedStyles
{
    private static readonly string Sheet = ReadSheet();
    private readonly Lock gate = new();
    private string? carrier;
    private bool emitted;

    /// <summary>Says that a cell's run begins.</summary>
    public void Enter(string cellId)
    {
        lock (gate)
        {
            emitted &= cellId != carrier;
        }
    }

    /// <summary>Takes the style sheet out of an output, unless it is the first of the cell that carries it.</summary>
    public MimeBundle Share(MimeBundle bundle, string cellId)
    {
        lock (gate)
        {
            if (!HasSheet(bundle))
            {
                return bundle;
            }

            carrier ??= cellId;
            if (carrier == cellId && !emitted)
            {
                emitted = true;
                return bundle;
            }

            return bundle.Change(HtmlFormatter.MimeType, html => html.Replace(Sheet, "", StringComparison.Ordinal));
        }
    }

    private static bool HasSheet(MimeBundle bundle) =>
        bundle.Data.TryGetValue(HtmlFormatter.MimeType, out var html) && html.GetString()!.Contains(Sheet, StringComparison.Ordinal);

    private static string ReadSheet()
    {
        _ = Formatter.DefaultMimeType; // HtmlFormatter breaks for good when it is initialized first.
        using var writer = new StringWriter();
        using (var context = new FormatContext(writer))
        {
            HtmlFormatter.RequireDefaultStyles(context);
        }

        return writer.ToString();
    }
}
