using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display.Views;

/// <summary>Writes views as plain text.</summary>
internal static class ViewText
{
    private const string Indent = "    ";
    private const string Bullet = "  - ";

    public static string Of(View view) => string.Join('\n', LinesOf(view));

    private static string[] LinesOf(View view) => view switch
    {
        TextView text => LinesIn(text.Text),
        JsonView json => LinesIn(json.Json),
        FormattedView formatted => LinesIn(FormattedText(formatted.Value)),
        TableView table => LinesIn(table.Caption.Length > 0 ? $"{table.Caption}\n{table.Layout}" : table.Layout.ToString()),
        ListView { Items: [], More: "" } => ["[ ]"],
        ListView { IsFlat: true } list => [$"[ {string.Join(", ", list.Items.Cast<TextView>().Select(item => item.Text))}{Space(list.More)} ]"],
        ListView list => [list.Type, .. list.Items.SelectMany(item => Under("", Bullet, item)), .. list.More.Length > 0 ? [Indent + list.More] : Array.Empty<string>()],
        ObjectView value => [value.Type, .. value.Members.SelectMany(member => Under($"{member.Key}: ", Indent, member.Value))],
        _ => [],
    };

    /// <summary>A part after its label: on the same line if it fits there, else on the lines below.</summary>
    private static IEnumerable<string> Under(string label, string margin, View view)
    {
        var lines = LinesOf(view);
        var below = view is TableView or JsonView && label.Length > 0 && lines.Length > 1;
        var first = below ? label.TrimEnd() : label + lines.FirstOrDefault("");
        return lines.Skip(below ? 0 : 1).Select(line => Indent + line).Prepend(margin + first);
    }

    private static string FormattedText(object value) =>
        Guarded.Get(() => value.ToDisplayString(PlainTextFormatter.MimeType), text => text);

    private static string[] LinesIn(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static string Space(string more) => more.Length > 0 ? " " + more : "";
}
