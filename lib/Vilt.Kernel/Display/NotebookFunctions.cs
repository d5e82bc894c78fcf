using Microsoft.AspNetCore.Html;

namespace Vilt.Kernel.Display;

/// <summary>What a cell may call without a <c>using</c>, named as .NET Interactive names it.</summary>
public static class NotebookFunctions
{
    /// <summary>Shows a value under the cell.</summary>
    /// <param name="value">The value to show.</param>
    /// <param name="mimeTypes">The MIME types to show it in; by default all that are preferred for its type.</param>
    /// <returns>A handle by which it can be replaced.</returns>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => DisplayedValue.Show(MimeBundle.From(value, mimeTypes), value);

    /// <summary>Marks a string as HTML, so that it is shown as such.</summary>
    /// <param name="content">HTML that needs no escaping any more.</param>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

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
    public static string password(string prompt = "") => CellInput.Ask(prompt, password: true);
}
