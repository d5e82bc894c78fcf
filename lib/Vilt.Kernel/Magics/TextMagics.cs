using Vilt.Kernel.Display;

namespace Vilt.Kernel.Magics;

/// <summary>Shows the text below a command.</summary>
internal static class TextMagics
{
    private const string MarkdownType = "text/markdown";
    private const string Plain = "text/plain";

    public static Task Html(MagicCall call) => Show(("text/html", call.Text));

    public static Task Markdown(MagicCall call) => Show((MarkdownType, call.Text), (Plain, call.Text));

    /// <summary>
    /// JupyterLab draws Mermaid's own MIME type, and VS Code with a Mermaid extension draws it in Markdown. Other front ends show the source.
    /// A script of our own would put three megabytes into each notebook.
    /// </summary>
    public static Task Mermaid(MagicCall call) =>
        Show(("text/vnd.mermaid", call.Text), (MarkdownType, $"```mermaid\n{call.Text}\n```"), (Plain, call.Text));

    private static Task Show(params (string Type, string Text)[] contents)
    {
        DisplayedValue.Show(MimeBundle.As(contents.Select(content => KeyValuePair.Create(content.Type, content.Text))));
        return Task.CompletedTask;
    }
}
