namespace Vilt.Explorer.Pictures;

/// <summary>Keeps values that were asked for last.</summary>
/// <param name="most">How many.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int most) where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> order = new(); // the one used last is first

    /// <summary>The value of a key, made if it is not kept; two threads may make it at once.</summary>
    public TValue Get(TKey key, Func<TValue> make)
    {
        lock (gate)
        {
            if (nodes.TryGetValue(key, out var node))
            {
                order.Remove(node);
                order.AddFirst(node);
                return node.Value.Value;
            }
        }

        var value = make();
        lock (gate)
        {
            if (!nodes.ContainsKey(key))
            {
                nodes[key] = order.AddFirst((key, value));
            }

            if (nodes.Count > most)
            {
                nodes.Remove(order.Last!.Value.Key);
                order.RemoveLast();
            }
        }

        return value;
    }
}
