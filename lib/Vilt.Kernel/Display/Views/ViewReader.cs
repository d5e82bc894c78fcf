using System.Collections;
using System.Reflection;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display.Views;

/// <summary>
/// Reads what is shown of a value, once. It stops where an object comes again, at the depth of
/// <see cref="Formatter.RecursionLimit"/>, and after more parts than anyone would read.
/// </summary>
internal sealed class ViewReader
{
    private const int MostParts = 3000;
    private const string Cut = "…";

    private readonly HashSet<object> open = new(ReferenceEqualityComparer.Instance);
    private int parts;

    /// <summary>Reads a value.</summary>
    /// <returns>Null for a value that its own formatter shows: one that was registered, or .NET Interactive's for its type.</returns>
    public static View? Read(object? value) => value is null or string ? null : new ViewReader().ReadTop(value);

    private View? ReadTop(object value) => Special(value) ?? value switch
    {
        _ when value.GetType().IsPrimitive || value is decimal or Guid || KnownFormatters.HasDefault(value.GetType()) => null,
        _ when IsWord(value) => new TextView(OneLine.Of(value)),
        IEnumerable items => ReadSequence(value, items),
        _ => ReadObject(value),
    };

    /// <summary>Values that are never taken apart into members.</summary>
    private static View? Special(object value) =>
        TaskState.Of(value) is { } state ? new TextView(state)
        : JsonText.Of(value) is { } json ? new JsonView(json)
        : ForeignTables.Of(value) ?? (value is Array array ? Grid.Of(array) : null);

    private View ReadPart(object? value)
    {
        if (++parts > MostParts)
        {
            return new TextView(Cut);
        }

        return value switch
        {
            null => new TextView(Formatter.NullString),
            string text => new TextView(text),
            _ when KnownFormatters.HasAny(value.GetType()) => new FormattedView(value),
            _ when IsWord(value) => new TextView(OneLine.Of(value)),
            _ when KnownFormatters.HasDefault(value.GetType()) => new FormattedView(value),
            _ => Guarded.Get(() => ReadWithin(value), text => new TextView(text)),
        };
    }

    private View ReadWithin(object value)
    {
        if (Special(value) is { } special)
        {
            return special;
        }

        if (value is not IEnumerable && Members.IsOfFramework(value.GetType()))
        {
            return new TextView(OneLine.Of(value));
        }

        if (open.Count >= Formatter.RecursionLimit || open.Contains(value))
        {
            return new TextView(value is IEnumerable ? Cut : $"{TypeNames.Of(value.GetType())} {Cut}");
        }

        return value is IEnumerable items ? ReadSequence(value, items) : ReadObject(value);
    }

    private View ReadSequence(object value, IEnumerable items)
    {
        open.Add(value);
        try
        {
            var sequence = Sequence.Of(items);
            var view = RecordTable.Of(sequence)
                ?? (View)new ListView(TypeNames.OfSequence(value.GetType()), [.. sequence.Items.Select(ReadPart)], sequence.More);
            return HasMembers(value) ? WithMembers(value, view) : view;
        }
        finally
        {
            open.Remove(value);
        }
    }

    private View ReadObject(object value)
    {
        open.Add(value);
        try
        {
            var members = Members.OfObject(value).Select(member => KeyValuePair.Create(member.Key, ReadPart(member.Value))).ToList();
            return members.Count == 0 ? new TextView(OneLine.Of(value)) : new ObjectView(TypeNames.Of(value.GetType()), OneLine.Of(value), members);
        }
        finally
        {
            open.Remove(value);
        }
    }

    private ObjectView WithMembers(object value, View items)
    {
        var members = Members.OfObject(value).Select(member => KeyValuePair.Create(member.Key, ReadPart(member.Value)));
        return new(TypeNames.Of(value.GetType()), OneLine.Of(value), [.. members, KeyValuePair.Create("(values)", items)]);
    }

    /// <summary>Whether a sequence is an object with parts of its own, as a class of the user's may be.</summary>
    private static bool HasMembers(object value) =>
        value is not ICollection && !Members.IsOfFramework(value.GetType()) && !TypeNames.IsHidden(value.GetType())
        && !value.GetType().GetInterfaces().Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ICollection<>))
        && Members.OfObject(value).Any();

    /// <summary>Whether a value is one word of text rather than an object with members.</summary>
    private static bool IsWord(object value) =>
        value is IFormattable or IConvertible or StringBuilder or Uri or Delegate or MemberInfo or Assembly or Module or SpoiledValue;
}
