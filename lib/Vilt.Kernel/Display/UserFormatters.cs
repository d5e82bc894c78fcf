using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display;

/// <summary>Which types have a formatter that is not .NET Interactive's own.</summary>
internal static class UserFormatters
{
    /// <summary>Whether a type has one, registered or named by an attribute of the type.</summary>
    public static bool Has(Type type) =>
        Formatter.RegisteredFormatters(includeDefaults: false).Any(formatter => Fits(formatter.Type, type)) || NamesOne(type);

    /// <summary>Whether a type has one for a MIME type.</summary>
    public static bool Has(Type type, string mimeType) =>
        Formatter.RegisteredFormatters(includeDefaults: false).Any(formatter => formatter.MimeType == mimeType && Fits(formatter.Type, type))
        || NamesOne(type);

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
