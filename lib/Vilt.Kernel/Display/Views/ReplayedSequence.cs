using System.Collections;

namespace Vilt.Kernel.Display.Views;

/// <summary>Runs a lazy sequence once for all formatters: those after the first get the same items.</summary>
internal static class ReplayedSequence
{
    /// <summary>Wraps a lazy sequence.</summary>
    /// <returns>The value itself if it is not one, or is an object whose other members are shown too.</returns>
    public static object? Of(object? value)
    {
        if (value is not IEnumerable || value is string or ICollection)
        {
            return value;
        }

        var type = value.GetType();
        var contracts = type.GetInterfaces().Where(contract => contract.IsGenericType).ToLookup(contract => contract.GetGenericTypeDefinition());
        var isCounted = contracts.Contains(typeof(ICollection<>)) || contracts.Contains(typeof(IReadOnlyCollection<>));
        return contracts[typeof(IEnumerable<>)].ToList() is [var sequence] && !isCounted && (Members.IsOfFramework(type) || TypeNames.IsHidden(type))
            ? Activator.CreateInstance(typeof(ReplayedSequence<>).MakeGenericType(sequence.GetGenericArguments()), value)
            : value;
    }
}

/// <inheritdoc cref="ReplayedSequence"/>
internal sealed class ReplayedSequence<T>(IEnumerable<T> source) : IEnumerable<T>
{
    private readonly List<T> items = [];
    private IEnumerator<T>? running;
    private bool isOver;

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; ; i++)
        {
            if (i == items.Count && !Advance())
            {
                yield break;
            }

            yield return items[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool Advance()
    {
        running ??= source.GetEnumerator();
        isOver = isOver || !running.MoveNext();
        if (isOver)
        {
            running.Dispose();
            return false;
        }

        items.Add(running.Current);
        return true;
    }
}
