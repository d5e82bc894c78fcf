namespace Vilt.Checkpoints.Pickle;

/// <summary>A block of elements in a PyTorch archive, which one or more tensors look into.</summary>
/// <param name="Type">Type of its elements.</param>
/// <param name="Key">Name of its record under <c>data/</c>.</param>
/// <param name="Count">Number of its elements.</param>
internal sealed record PickledStorage(SafetensorsType Type, string Key, long Count);

/// <summary>A tensor of a PyTorch archive: how it looks into its storage. Offset and strides count elements.</summary>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Number of elements.</summary>
    internal long Count => Shape.Aggregate(1L, (product, side) => product * side);

    /// <summary>Whether the elements stand in the storage one after the other, the last dimension's closest.</summary>
    internal bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (var dimension = Shape.Length - 1; dimension >= 0; dimension--)
            {
                if (Shape[dimension] != 1 && Strides[dimension] != expected)
                {
                    return false;
                }

                expected *= Shape[dimension];
            }

            return true;
        }
    }

    /// <summary>Checks that no element lies outside the storage, and that they can be counted.</summary>
    /// <exception cref="FormatException">One does; the message does not name the tensor.</exception>
    internal void Check()
    {
        if (Shape.Length != Strides.Length || Offset < 0 || Shape.Concat(Strides).Any(number => number < 0))
        {
            throw Wrong();
        }

        if (Shape.Contains(0))
        {
            return;
        }

        Int128 last = Offset, count = 1;
        foreach (var (side, stride) in Shape.Zip(Strides))
        {
            last += (Int128)(side - 1) * stride; // both are held small at each turn, so neither can overflow
            count *= side;
            if (last >= Storage.Count || count > int.MaxValue)
            {
                throw Wrong();
            }
        }

        if (last >= Storage.Count)
        {
            throw Wrong();
        }
    }

    private FormatException Wrong() => new(
        $"shape [{string.Join(", ", Shape)}], strides [{string.Join(", ", Strides)}] and offset {Offset} do not fit its storage of {Storage.Count} elements");
}
