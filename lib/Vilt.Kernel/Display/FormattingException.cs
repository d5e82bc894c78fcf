using Vilt.Kernel.Display.Views;

namespace Vilt.Kernel.Display;

/// <summary>A formatter could not show a value; its own exception is the inner one.</summary>
/// <param name="type">The value's type, or null for null.</param>
/// <param name="mimeType">The MIME type that it was to be shown in.</param>
/// <param name="cause">What the formatter threw.</param>
public sealed class FormattingException(Type? type, string mimeType, Exception cause)
    : Exception($"A value of type {(type is null ? "null" : TypeNames.Of(type))} can't be shown as {mimeType}: {Guarded.MessageOf(cause)}", cause);
