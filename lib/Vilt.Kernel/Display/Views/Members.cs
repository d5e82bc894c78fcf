using System.Collections;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Vilt.Kernel.Display.Views;

/// <summary>The named parts of values: public fields and properties, a tuple's items, a dictionary's entries.</summary>
internal static class Members
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;

    /// <summary>The parts of a row of a table.</summary>
    /// <returns>Null for anything that is not a record: numbers and words, lists, and types with a formatter of their own.</returns>
    public static IEnumerable<KeyValuePair<string, object?>>? OfRow(object? item) => item switch
    {
        null => [],
        string => null,
        DictionaryEntry entry => [KeyValuePair.Create("Key", (object?)entry.Key), KeyValuePair.Create("Value", entry.Value)],
        IDictionary entries => OfDictionary(entries),
        IEnumerable<KeyValuePair<string, object?>> fields => fields, // An ExpandoObject is one.
        ITuple tuple => Enumerable.Range(0, tuple.Length).Select(i => KeyValuePair.Create($"Item{i + 1}", tuple[i])),
        IEnumerable => null,
        _ when IsPair(item.GetType()) || IsOfUser(item.GetType()) => OfObject(item),
        _ => null,
    };

    /// <summary>An object's public fields, then its properties. One that throws becomes a <see cref="SpoiledValue"/>.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> OfObject(object item)
    {
        var fields = item.GetType().GetFields(Public).Where(field => !field.Name.Contains('<', StringComparison.Ordinal)) // The compiler's own.
            .Select(field => (field.Name, Read: (Func<object?>)(() => field.GetValue(item))));
        var properties = item.GetType().GetProperties(Public).Where(IsShown)
            .Select(property => (property.Name, Read: (Func<object?>)(() => Read(property, item))));
        return fields.Concat(properties)
            .DistinctBy(member => member.Name) // A type that hides a member of its base has two of one name; the first is its own.
            .Select(member => KeyValuePair.Create(member.Name, Guarded.Get(member.Read, text => new SpoiledValue(text))));
    }

    /// <summary>Whether the type belongs to the framework: such types, like times and paths, are values rather than records.</summary>
    public static bool IsOfFramework(Type type) =>
        type.Namespace is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));

    private static bool IsOfUser(Type type) => !IsOfFramework(type) && !type.IsEnum && !KnownFormatters.HasAny(type);

    private static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static bool IsShown(PropertyInfo property) =>
        property.CanRead && property.GetMethod!.IsPublic && property.GetIndexParameters().Length == 0
        && !property.PropertyType.IsByRefLike && !property.PropertyType.IsPointer
        && property.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State != DebuggerBrowsableState.Never;

    private static object? Read(PropertyInfo property, object item) =>
        property.GetValue(item, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);

    private static IEnumerable<KeyValuePair<string, object?>> OfDictionary(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return KeyValuePair.Create(OneLine.Of(entry.Key), entry.Value);
        }
    }
}
