namespace Vilt.Checkpoints.Pickle;

/// <summary>The stack of a pickle's machine, with its marks.</summary>
internal sealed class PickleStack
{
    private readonly List<object?> items = [];
    private readonly Stack<int> marks = new();

    internal object? Top => items.Count > Bottom ? items[^1] : throw Empty();

    private int Bottom => marks.Count > 0 ? marks.Peek() : 0;

    internal void Push(object? item) => items.Add(item);

    internal void Mark() => marks.Push(items.Count);

    internal object? Pop() => Pop(1)[0];

    /// <summary>Takes the topmost items, the topmost last.</summary>
    internal object?[] Pop(int count)
    {
        if (items.Count - count < Bottom)
        {
            throw Empty();
        }

        object?[] taken = [.. items[^count..]];
        items.RemoveRange(items.Count - count, count);
        return taken;
    }

    internal object?[] PopToMark()
    {
        if (marks.Count == 0)
        {
            throw Empty();
        }

        var taken = Pop(items.Count - marks.Peek());
        marks.Pop();
        return taken;
    }

    private static FormatException Empty() => new("its pickle takes more from its stack than there is");
}
