using Microsoft.AspNetCore.Html;
using Vilt.Kernel.Display;

namespace Microsoft.DotNet.Interactive;

/// <summary>
/// What a cell may call without a <c>using</c>. Its names and its place are .NET Interactive's, so that cells written for that find them.
/// </summary>
public static class Kernel
{
    /// <summary>Shows a value under the cell.</summary>
    /// <param name="value">The value to show.</param>
    /// <param name="mimeTypes">The MIME types to show it in; by default all that are preferred for its type.</param>
    /// <returns>A handle by which it can be replaced.</returns>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static DisplayedValue display(object? value, params string[] mimeTypes) =>
        DisplayedValue.Show(MimeBundle.From(value, mimeTypes), value);

    /// <summary>Marks a string as HTML, so that it is shown as such.</summary>
    /// <param name="content">HTML that needs no escaping any more.</param>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Marks a string as an SVG picture, so that it is shown as such.</summary>
    /// <param name="content">The <c>svg</c> element.</param>
    public static IHtmlContent SVG(string content) => new HtmlString(content);

    /// <summary>Runs a script in the page that shows the notebook.</summary>
    /// <param name="scriptContent">JavaScript.</param>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static void Javascript(string scriptContent) =>
        DisplayedValue.Show(MimeBundle.As($"<script type=\"text/javascript\">{scriptContent}</script>", "text/html"));

    /// <summary>Adds a style sheet to the page that shows the notebook.</summary>
    /// <param name="content">CSS.</param>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static void CSS(string content) => DisplayedValue.Show(MimeBundle.As($"<style>{content}</style>", "text/html"));

    /// <summary>Takes the cell's outputs so far away.</summary>
    /// <param name="wait">Whether to wait until the next output comes, so that nothing flickers.</param>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static void clear_output(bool wait = false) => CellOutputs.Required.Clear(wait);

    /// <summary>Asks the reader of the notebook for a line of text.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <returns>The line that was typed.</returns>
    /// <exception cref="InvalidOperationException">The cell runs where nobody can be asked.</exception>
    public static string input(string prompt = "") => CellInput.Ask(prompt, password: false);

    /// <summary>Asks the reader of the notebook for a secret, which is hidden as it is typed and stored nowhere.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <returns>The line that was typed.</returns>
    /// <exception cref="InvalidOperationException">The cell runs where nobody can be asked.</exception>
    public static PasswordString password(string prompt = "") => new(CellInput.Ask(prompt, password: true));

    /// <summary>Asks the reader of the notebook for a line of text.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <param name="typeHint">What kind of text it is; "password" hides it as it is typed, others change nothing here.</param>
    /// <returns>The line that was typed.</returns>
    /// <exception cref="InvalidOperationException">The cell runs where nobody can be asked.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") =>
        Task.FromResult(CellInput.Ask(prompt, password: typeHint == "password"));

    /// <summary>Asks the reader of the notebook for a secret, which is hidden as it is typed and stored nowhere.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <returns>The line that was typed.</returns>
    /// <exception cref="InvalidOperationException">The cell runs where nobody can be asked.</exception>
    public static Task<PasswordString> GetPasswordAsync(string prompt = "") => Task.FromResult(password(prompt));
}
