using Vilt.Attribution;
using Vilt.Evaluation;
using Vilt.Pipelines;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Scoring;

/// <summary>Infidelity of what a map says of patches, where some are removed by lot. The maps' scales do not count.</summary>
internal sealed class PatchRemoval
{
    private const double OneInTwo = 1; // a radius within which values are as often above 0 as below
    private const double Rounding = 1e-9; // of squares of float32 scores

    private readonly Infidelity infidelity;
    private readonly AttributionArguments present; // (1, patches): 1 where a patch is there
    private readonly Perturbation removal;
    private readonly double ofZeros;

    /// <param name="vqa">The model.</param>
    /// <param name="arguments">The question's ids and pixels.</param>
    /// <param name="deleted">The picture with all patches removed, (1, 3, H, W).</param>
    /// <param name="seed">Of the patches that are drawn.</param>
    public PatchRemoval(VqaPipeline vqa, AttributionArguments arguments, Tensor deleted, long seed)
    {
        Tensor ids = arguments.Inputs[0], pixels = arguments.Inputs[1];
        long side = vqa.Model.Config.PatchSize, rows = pixels.shape[2] / side, columns = pixels.shape[3] / side;
        infidelity = new(Forward) { Normalize = true };
        present = arguments with
        {
            Inputs = [ones([1, rows * columns], device: pixels.device)],
            Baselines = null,
            AdditionalForwardArgs = [ids, .. arguments.AdditionalForwardArgs],
        };
        var drawn = Perturbations.Uniform(OneInTwo, seed);
        removal = (inputs, sample) => [drawn(inputs, sample)[0].relu_().ceil_()];
        ofZeros = Infidelity(new double[rows * columns]);

        Tensor Forward(IReadOnlyList<Tensor?> inputs)
        {
            var there = inputs[0]!.view(-1, 1, rows, columns).repeat_interleave(side, 2).repeat_interleave(side, 3); // (B, 1, H, W)
            return vqa.Wrapped.Forward([inputs[1], where(there.to_type(ScalarType.Bool), pixels, deleted), .. inputs.Skip(2)]);
        }
    }

    /// <summary>
    /// The infidelity of a map as a share of that of a map of zeros: 0 if it tells what each removal does, and at most 1; NaN where removals
    /// do nothing.
    /// </summary>
    /// <param name="sums">Of each patch.</param>
    public double Of(double[] sums) => ofZeros > Rounding ? Infidelity(sums) / ofZeros : double.NaN;

    private double Infidelity(double[] sums)
    {
        using var scope = NewDisposeScope();
        return infidelity.Measure(present, [tensor(sums, dtype: float32, device: present.Inputs[0].device).unsqueeze(0)], removal)[0];
    }
}
