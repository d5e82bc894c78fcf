using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display;

/// <summary>
/// Keeps in only one output of a notebook what its page needs once: the style sheet that .NET Interactive's formatter puts into
/// every HTML output, and each <c>script</c> or <c>style</c> element that a formatter marks with <c>data-once="its name"</c>.
/// When that output goes, because its cell runs again or it is replaced, the next output with the part keeps it.
/// </summary>
internal sealed partial class SharedParts
{
    private static readonly string Sheet = ReadSheet();
    private readonly Lock gate = new();
    private readonly Dictionary<string, (string Cell, string Display)> carriers = [];

    /// <summary>Takes out of an output what another one has already.</summary>
    /// <param name="bundle">The output.</param>
    /// <param name="cell">Its cell's id.</param>
    /// <param name="display">Its display id, or a name of its own among the cell's outputs.</param>
    public MimeBundle Share(MimeBundle bundle, string cell, string display)
    {
        lock (gate)
        {
            ForgetDisplay(display);
            return bundle.Change(HtmlFormatter.MimeType, html =>
                PartsOf(html).Where(part => !carriers.TryAdd(part.Name, (cell, display)))
                    .Aggregate(html, (rest, part) => rest.Replace(part.Text, "", StringComparison.Ordinal)));
        }
    }

    /// <summary>HTML without the style sheet, for part of an output that already has it.</summary>
    public static string WithoutSheet(string html) => html.Replace(Sheet, "", StringComparison.Ordinal);

    /// <summary>Says that a cell's outputs are gone.</summary>
    public void ForgetCell(string cell)
    {
        lock (gate)
        {
            Forget(carrier => carrier.Cell == cell);
        }
    }

    private void ForgetDisplay(string display) => Forget(carrier => carrier.Display == display);

    private void Forget(Func<(string Cell, string Display), bool> isGone)
    {
        foreach (var (name, carrier) in carriers)
        {
            if (isGone(carrier))
            {
                carriers.Remove(name);
            }
        }
    }

    private static IEnumerable<(string Name, string Text)> PartsOf(string html)
    {
        var marked = Marked().Matches(html).Select(match => (match.Groups["name"].Value, match.Value)).DistinctBy(part => part.Item1);
        return html.Contains(Sheet, StringComparison.Ordinal) ? marked.Prepend(("", Sheet)) : marked;
    }

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

    [GeneratedRegex("""<(?<tag>script|style) data-once="(?<name>[^"]+)">.*?</\k<tag>>""", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
