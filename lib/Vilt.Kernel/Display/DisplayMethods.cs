namespace Vilt.Kernel.Display;

/// <summary>
/// <see cref="Microsoft.DotNet.Interactive.Kernel.display"/> as methods of the value. The formatter's own methods of these names stand beside them in every
/// cell; the compiler takes these, whose last parameter is a span.
/// </summary>
public static class DisplayMethods
{
    /// <inheritdoc cref="Microsoft.DotNet.Interactive.Kernel.display"/>
    public static DisplayedValue Display(this object? value, params ReadOnlySpan<string> mimeTypes) =>
        Microsoft.DotNet.Interactive.Kernel.display(value, [.. mimeTypes]);

    /// <summary>Shows a sequence as a table. Items that are no records get a single column.</summary>
    /// <param name="value">The rows.</param>
    /// <param name="mimeTypes">The MIME types to show it in; by default all that are preferred for its type.</param>
    /// <returns>A handle by which it can be replaced.</returns>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T>? value, params ReadOnlySpan<string> mimeTypes)
    {
        var isWord = typeof(T) == typeof(string) || typeof(T).IsPrimitive || typeof(IFormattable).IsAssignableFrom(typeof(T));
        return Microsoft.DotNet.Interactive.Kernel.display(isWord ? value?.Select(row => new { Value = row }) : value, [.. mimeTypes]);
    }
}
