using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display.Views;

/// <summary>Values on about one line, for cells of tables and summaries of objects.</summary>
internal static class OneLine
{
    private const int ItemsShown = 10;
    private const int Deepest = 3;

    public static string Of(object? value) => At(value, depth: 0);

    public static bool IsNumber(object? value) =>
        value is byte or sbyte or short or ushort or int or uint or long or ulong or float or double or Half or decimal;

    private static string At(object? value, int depth) => Guarded.Get(() => Unguarded(value, depth), text => text);

    private static string Unguarded(object? value, int depth) => value switch
    {
        null => depth == 0 ? "" : Formatter.NullString,
        string text => text,
        double or float or Half => string.Format(CultureInfo.InvariantCulture, "{0:G7}", value),
        DateTime or DateTimeOffset => string.Format(CultureInfo.InvariantCulture, "{0:u}", value),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        Type type => TypeNames.Of(type),
        _ when TaskState.Of(value) is { } state => state,
        _ when JsonText.OnOneLine(value) is { } json => json,
        _ when depth == Deepest => value is IEnumerable || HasMadeText(value.GetType()) ? "…" : value.ToString() ?? "",
        IEnumerable items when !HasOwnText(value.GetType()) => ListOf(items, depth),
        _ when HasMadeText(value.GetType()) => RecordOf(value, depth),
        _ => HasNoText(value.GetType()) ? TypeNames.Of(value.GetType()) : value.ToString() ?? "",
    };

    private static string ListOf(IEnumerable items, int depth)
    {
        object?[] shown = [.. items.Cast<object?>().Take(ItemsShown + 1)];
        return string.Join(", ", shown.Take(ItemsShown).Select(item => At(item, depth + 1))) + (shown.Length > ItemsShown ? ", …" : "");
    }

    /// <summary>A record's text. The compiler's own is made of the members' texts, and never ends for records that hold one another.</summary>
    private static string RecordOf(object record, int depth)
    {
        var members = Members.OfObject(record).Select(member => $"{member.Key} = {At(member.Value, depth + 1)}");
        return $"{TypeNames.Of(record.GetType())} {{ {string.Join(", ", members)} }}";
    }

    private static bool HasNoText(Type type) =>
        type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType is var declaring && (declaring == typeof(object) || declaring == typeof(ValueType));

    private static bool HasMadeText(Type type) =>
        type.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    /// <summary>Whether a sequence has a text of its own, as a path or a header does.</summary>
    private static bool HasOwnText(Type type) =>
        !type.IsArray && !Members.IsOfFramework(type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType!) && !HasMadeText(type);
}
