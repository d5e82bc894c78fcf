using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Vilt.Kernel.Display;

/// <summary>Reads a list of records: of objects with public properties, of tuples or of dictionaries.</summary>
internal static class Records
{
    /// <summary>Makes a table of a value.</summary>
    /// <returns>The table, or null if the value is not a list of records, or one of a kind that has a formatter of its own.</returns>
    public static RecordTable? TableOf(object? value)
    {
        if (value is not IEnumerable items || value is string)
        {
            return null;
        }

        List<List<KeyValuePair<string, object?>>> rows = [];
        foreach (var item in items)
        {
            if (rows.Count == RecordTable.RowsShown)
            {
                return new RecordTable(rows, More(items));
            }

            if (FieldsOf(item) is not { } fields)
            {
                return null;
            }

            rows.Add([.. fields]);
        }

        return rows.All(row => row.Count == 0) ? null : new RecordTable(rows, more: "");
    }

    private static string More(IEnumerable items) => items.Cast<object?>().TryGetNonEnumeratedCount(out var count)
        ? $"… and {count - RecordTable.RowsShown:N0} more rows."
        : "… and more rows.";

    private static IEnumerable<KeyValuePair<string, object?>>? FieldsOf(object? item) => item switch
    {
        null => [],
        IDictionary entries => EntriesOf(entries),
        IEnumerable<KeyValuePair<string, object?>> fields => fields, // An ExpandoObject is one.
        ITuple tuple => Enumerable.Range(0, tuple.Length).Select(i => KeyValuePair.Create($"Item{i + 1}", tuple[i])),
        IEnumerable => null,
        _ when IsRecord(item.GetType()) => PropertiesOf(item),
        _ => null,
    };

    private static IEnumerable<KeyValuePair<string, object?>> EntriesOf(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return KeyValuePair.Create(RecordTable.TextOf(entry.Key), entry.Value);
        }
    }

    /// <summary>The framework's own types are values, not records: numbers, times, paths.</summary>
    private static bool IsRecord(Type type)
    {
        var isPair = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);
        var isOfFramework = type.Namespace is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));
        return isPair || (!isOfFramework && !type.IsEnum && !UserFormatters.Has(type));
    }

    private static IEnumerable<KeyValuePair<string, object?>> PropertiesOf(object item) =>
        item.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .Select(property => KeyValuePair.Create(property.Name, ValueOf(property, item)));

    /// <summary>A property that throws spoils its own cell, not the table.</summary>
    private static object? ValueOf(PropertyInfo property, object item)
    {
        try
        {
            return property.GetValue(item, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ThreadInterruptedException))
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }
}
