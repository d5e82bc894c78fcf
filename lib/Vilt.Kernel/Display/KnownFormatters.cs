using System.Collections;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display;

/// <summary>Tells which types have a formatter of their own, beyond those for any object and any sequence.</summary>
internal static class KnownFormatters
{
    /// <summary>Whether a type has one that a user or a library registered, or that an attribute of the type names.</summary>
    public static bool HasAny(Type type) => IsRegistered(type) || NamesOne(type);

    /// <summary>Whether a user or a library registered one.</summary>
    public static bool IsRegistered(Type type) =>
        Formatter.RegisteredFormatters(includeDefaults: false).Any(formatter => Fits(formatter.Type, type));

    /// <summary>The same for a MIME type.</summary>
    public static bool HasAny(Type type, string mimeType) =>
        Formatter.RegisteredFormatters(includeDefaults: false).Any(formatter => formatter.MimeType == mimeType && Fits(formatter.Type, type))
        || NamesOne(type);

    /// <summary>Whether .NET Interactive's own registry has one.</summary>
    public static bool HasDefault(Type type) => Formatter.RegisteredFormatters().Except(Formatter.RegisteredFormatters(includeDefaults: false)).Any(formatter =>
        formatter.MimeType is HtmlFormatter.MimeType or PlainTextFormatter.MimeType
        && formatter.Type != typeof(object) && formatter.Type != typeof(IEnumerable) && Fits(formatter.Type, type));

    private static bool Fits(Type formatted, Type type) =>
        formatted.IsAssignableFrom(type)
        || (formatted.IsGenericTypeDefinition && BasesOf(type).Any(t => t.IsGenericType && t.GetGenericTypeDefinition() == formatted));

    private static IEnumerable<Type> BasesOf(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }

        foreach (var contract in type.GetInterfaces())
        {
            yield return contract;
        }
    }

    /// <summary>The registry knows this attribute by its name, so that a library can have its own without a dependency.</summary>
    private static bool NamesOne(Type type) =>
        type.GetCustomAttributes(inherit: true).Any(attribute => attribute.GetType().Name == nameof(TypeFormatterSourceAttribute));
}
