namespace Vilt.Kernel.Display;

/// <summary><see cref="NotebookFunctions.display"/> as methods of the value.</summary>
public static class DisplayExtensions
{
    /// <inheritdoc cref="NotebookFunctions.display"/>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => NotebookFunctions.display(value, mimeTypes);

    /// <summary>Shows text that is already in a MIME type, or base64 of a binary one such as image/png.</summary>
    /// <param name="content">The text or base64.</param>
    /// <param name="mimeType">Its MIME type.</param>
    /// <returns>A handle by which it can be replaced.</returns>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static DisplayedValue DisplayAs(this string content, string mimeType) => DisplayedValue.Show(MimeBundle.As(content, mimeType));
}
