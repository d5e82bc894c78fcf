using System.Net;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display.Views;

/// <summary>Writes views as HTML with .NET Interactive's classes and style sheet.</summary>
internal static class ViewHtml
{
    private const int LevelsOpen = 2;

    public static string Of(View view)
    {
        if (view is TableView table)
        {
            return table.Layout.ToHtml(table.Caption); // In its own style.
        }

        using var writer = new StringWriter();
        using (var context = new FormatContext(writer)) // Whose end brings the style sheet, once.
        {
            HtmlFormatter.RequireDefaultStyles(context);
            Write(view, context, level: 0);
        }

        return writer.ToString();
    }

    private static void Write(View view, FormatContext context, int level)
    {
        var writer = context.Writer;
        switch (view)
        {
            case FormattedView formatted:
                WriteFormatted(formatted.Value, context);
                break;
            case TableView table:
                writer.Write(table.Layout.ToHtml(table.Caption));
                break;
            case ListView { IsFlat: false } list:
                WriteList(list, context, level);
                break;
            case ObjectView value:
                WriteObject(value, context, level);
                break;
            default:
                writer.Write($"<div class=\"dni-plaintext\"><pre>{WebUtility.HtmlEncode(ViewText.Of(view))}</pre></div>");
                break;
        }
    }

    private static void WriteFormatted(object value, FormatContext context)
    {
        var html = Guarded.Get(() => value.ToDisplayString(HtmlFormatter.MimeType), text => WebUtility.HtmlEncode(text));
        context.Writer.Write(SharedParts.WithoutSheet(html));
    }

    private static void WriteList(ListView list, FormatContext context, int level)
    {
        var writer = context.Writer;
        writer.Write("<table><thead><tr><th><i>index</i></th><th>value</th></tr></thead><tbody>");
        for (var i = 0; i < list.Items.Count; i++)
        {
            writer.Write($"<tr><td>{i}</td><td>");
            Write(list.Items[i], context, level + 1);
            writer.Write("</td></tr>");
        }

        writer.Write(list.More.Length > 0 ? $"<tr><td colspan=\"2\"><i>{list.More}</i></td></tr></tbody></table>" : "</tbody></table>");
    }

    private static void WriteObject(ObjectView value, FormatContext context, int level)
    {
        var writer = context.Writer;
        writer.Write(level < LevelsOpen ? "<details open=\"open\" class=\"dni-treeview\">" : "<details class=\"dni-treeview\">");
        writer.Write($"<summary><span class=\"dni-code-hint\"><code>{WebUtility.HtmlEncode(value.Summary)}</code></span></summary>");
        writer.Write("<div><table><thead><tr></tr></thead><tbody>");
        foreach (var (name, member) in value.Members)
        {
            writer.Write($"<tr><td>{WebUtility.HtmlEncode(name)}</td><td>");
            Write(member, context, level + 1);
            writer.Write("</td></tr>");
        }

        writer.Write("</tbody></table></div></details>");
    }
}
