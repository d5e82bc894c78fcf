using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>The features of some inputs: those that differ from the baseline in any example, counted from 0.</summary>
internal sealed class Features
{
    private readonly Tensor[] inputs, baselines; // (examples, …) each
    private readonly Tensor[] indices; // the feature of each value, or Count for those at the baseline: as inputs, or size 1 along which all are the same

    private Features(Tensor[] inputs, Tensor[] baselines, Tensor[] indices, int count) =>
        (this.inputs, this.baselines, this.indices, Count) = (inputs, baselines, indices, count);

    internal int Count { get; }

    internal static Features Of(AttributionArguments arguments, IReadOnlyList<Tensor>? masks)
    {
        Tensor[] inputs = [.. arguments.Inputs];
        Tensor[] baselines = [.. arguments.BaselineTensors().Zip(inputs, (baseline, input) => baseline.to_type(input.dtype))];
        masks = masks is null ? OneForEachValue(inputs) : Checked(masks, inputs);
        var numbers = cat([.. masks.Select(mask => mask.flatten())]).unique(sorted: true, return_inverse: true);
        var compact = numbers.inverse_indices!.split([.. masks.Select(mask => mask.numel())]); // 0, 1, … whatever the mask's numbers are
        Tensor[] all = [.. compact.Zip(masks, (part, mask) => part.view(mask.shape))];
        var differing = cat([.. all.Select((index, i) => index.expand_as(inputs[i]).masked_select(inputs[i].ne(baselines[i])))]).unique().output;
        var renumbered = Renumbered(differing, (int)numbers.output.numel());
        return new(inputs, baselines, [.. all.Select(index => renumbered.index_select(0, index.flatten()).view(index.shape))], (int)differing.numel());
    }

    /// <summary>Inputs of which only some features are there, and the others at the baseline: (coalitions · examples, …) each.</summary>
    /// <param name="coalitions">True for features that are there.</param>
    internal Tensor[] Rows(bool[][] coalitions)
    {
        var flat = new bool[coalitions.Length * (Count + 1)];
        for (var i = 0; i < coalitions.Length; i++)
        {
            coalitions[i].CopyTo(flat, i * (Count + 1)); // the last, for what is at the baseline, makes no difference
        }

        var rows = new Tensor[inputs.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var present = tensor(flat, device: inputs[i].device).view(coalitions.Length, Count + 1)
                .index_select(1, indices[i].flatten()).view([coalitions.Length, .. indices[i].shape]); // (coalitions, examples or 1, …)
            rows[i] = where(present, inputs[i].unsqueeze(0), baselines[i].unsqueeze(0)).flatten(0, 1);
        }

        return rows;
    }

    /// <summary>Attributions of the inputs' shapes: each value gets its feature's share, and 0 where it is at the baseline.</summary>
    /// <param name="shares">(examples)(features)</param>
    internal AttributionResult Spread(double[][] shares)
    {
        var flat = shares.SelectMany(share => share.Append(0)).ToArray();
        var attributions = new Tensor[inputs.Length];
        for (var i = 0; i < attributions.Length; i++)
        {
            var type = inputs[i].dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
            var values = tensor(flat, dtype: type, device: inputs[i].device).view(shares.Length, Count + 1);
            var index = indices[i].flatten(1).expand(shares.Length, -1); // (examples, …)
            attributions[i] = values.gather(1, index).view([shares.Length, .. indices[i].shape[1..]]).expand_as(inputs[i]).clone();
        }

        return new(attributions, [.. attributions.Select(_ => 1)]);
    }

    // For each number its place among those that differ, or their count.
    private static Tensor Renumbered(Tensor differing, int numbers)
    {
        var chosen = differing.cpu().data<long>().ToArray();
        var places = Enumerable.Repeat((long)chosen.Length, numbers).ToArray();
        for (var i = 0; i < chosen.Length; i++)
        {
            places[chosen[i]] = i;
        }

        return tensor(places, device: differing.device);
    }

    private static Tensor[] OneForEachValue(Tensor[] inputs)
    {
        var start = 0L;
        var masks = new Tensor[inputs.Length];
        for (var i = 0; i < masks.Length; i++)
        {
            var values = inputs[i].numel() / inputs[i].shape[0];
            using Scalar from = start.ToScalar(), to = (start + values).ToScalar();
            masks[i] = arange(from, to, dtype: int64, device: inputs[i].device).view([1, .. inputs[i].shape[1..]]);
            start += values;
        }

        return masks;
    }

    private static Tensor[] Checked(IReadOnlyList<Tensor> masks, Tensor[] inputs)
    {
        if (masks.Count != inputs.Length)
        {
            throw new ArgumentException($"There are {masks.Count} feature masks for {inputs.Length} inputs; give one for each.");
        }

        return [.. masks.Select((mask, i) => Checked(mask, inputs[i], i))];
    }

    private static Tensor Checked(Tensor mask, Tensor input, int index)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.is_floating_point() || mask.is_complex() || mask.dim() != input.dim()
            || mask.shape.Where((size, dimension) => size != 1 && size != input.shape[dimension]).Any())
        {
            throw new ArgumentException(
                $"The feature mask of input {index} is {mask.dtype} ({Shapes.Text(mask)}), but the input has ({Shapes.Text(input)}): " +
                "give integers in the input's shape, or with size 1 in dimensions along which the features are the same.");
        }

        return mask.to(int64).to(input.device);
    }
}
