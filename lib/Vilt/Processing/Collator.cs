using static TorchSharp.torch;

namespace Vilt.Processing;

/// <summary>Makes one batch of several examples (the tutorial's collation function).</summary>
public static class Collator
{
    /// <summary>Stacks examples. Pictures of different sizes are padded with 0, on the right and at the bottom, to the largest height
    /// and width among them; the pixel mask tells picture and padding apart (transformers' <c>ViltImageProcessor.pad</c>).</summary>
    /// <param name="examples">One or more examples, all with labels or all without; they are not changed.</param>
    /// <returns>A batch with tensors of its own; the caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no example, or their texts or labels differ in length.</exception>
    public static ViltBatch Collate(IReadOnlyList<ViltExample> examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Count == 0)
        {
            throw new ArgumentException("A batch needs at least one example.", nameof(examples));
        }

        using var scope = NewDisposeScope();
        var (pixelValues, pixelMask) = ViltImageProcessor.Pad([.. examples.Select(example => example.PixelValues)]);
        var batch = new ViltBatch(
            Stack(examples, "input_ids", example => example.InputIds), // (B, L)
            Stack(examples, "attention_mask", example => example.AttentionMask), // (B, L)
            Stack(examples, "token_type_ids", example => example.TokenTypeIds), // (B, L)
            pixelValues, pixelMask,
            examples.All(example => example.Labels is null) ? null : Stack(examples, "labels", example => example.Labels)); // (B, N)
        foreach ((_, var value) in batch.Fields)
        {
            value.MoveToOuterDisposeScope();
        }

        return batch;
    }

    private static Tensor Stack(IReadOnlyList<ViltExample> examples, string name, Func<ViltExample, Tensor?> field)
    {
        List<Tensor> values = [.. examples.Select(field).OfType<Tensor>()];
        if (values.Count < examples.Count)
        {
            throw new ArgumentException($"{examples.Count - values.Count} of {examples.Count} examples have no {name}; expected all or none to have them.", nameof(examples));
        }

        long[] lengths = [.. values.Select(value => value.shape[0]).Distinct()];
        if (lengths.Length > 1)
        {
            throw new ArgumentException($"The examples' {name} differ in length: {string.Join(", ", lengths)}. Encode them with the same processor.", nameof(examples));
        }

        return stack(values);
    }
}
