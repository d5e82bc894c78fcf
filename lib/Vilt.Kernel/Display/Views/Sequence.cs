using System.Collections;
using System.Globalization;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display.Views;

/// <summary>The first items of a sequence, which is run once and no further than needed.</summary>
/// <param name="Items">At most <see cref="Formatter.ListExpansionLimit"/>.</param>
/// <param name="Others">How many more there are; null where only running the sequence would show it.</param>
internal sealed record Sequence(IReadOnlyList<object?> Items, int? Others)
{
    /// <summary>What to say about the others under a table; empty when there are none.</summary>
    public string MoreRows => Others switch
    {
        0 => "",
        null => "… and more rows.",
        _ => string.Create(CultureInfo.InvariantCulture, $"… and {Others:N0} more rows."),
    };

    /// <summary>What to say after the last item.</summary>
    public string More => Others switch
    {
        0 => "",
        null => "... (more)",
        _ => $"... ({Others} more)",
    };

    public static Sequence Of(IEnumerable source)
    {
        var limit = Formatter.ListExpansionLimit;
        var items = new List<object?>();
        var enumerator = source.GetEnumerator();
        using (enumerator as IDisposable)
        {
            while (enumerator.MoveNext())
            {
                if (items.Count == limit)
                {
                    return new(items, CountOf(source) - limit);
                }

                items.Add(enumerator.Current);
            }
        }

        return new(items, 0);
    }

    private static int? CountOf(IEnumerable source) => source is ICollection collection ? collection.Count
        : source.GetType().GetInterfaces().FirstOrDefault(IsCounted)?.GetProperty("Count")!.GetValue(source) as int?;

    private static bool IsCounted(Type contract) =>
        contract.IsGenericType
        && (contract.GetGenericTypeDefinition() == typeof(ICollection<>) || contract.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>));
}
