using Vilt.Attribution;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Evaluation;

/// <summary>
/// Deletion and insertion (Petsiuk et al. 2018, https://arxiv.org/abs/1806.07421) by patches: how the probability of an answer changes
/// while the patches of a picture are deleted, or inserted into a deleted picture, one after the other. An order that reflects what the
/// model looks at makes the probability fall, or rise, early.
/// </summary>
/// <remarks>The probability is the sigmoid of the chosen output. Several steps share a forward pass.</remarks>
/// <example>
/// <code>
/// var curves = new PatchCurves(model, patchSize: 32);
/// var order = PatchOrder.Falling(PatchOrder.Sums(attributions, 32));
/// var area = curves.Deletion(new([pixelValues]) { Target = 3 }, order).Area;
/// </code>
/// </example>
public sealed class PatchCurves
{
    private readonly ForwardFunction forward;
    private readonly int patchSize;

    /// <summary>Prepares curves of a model's output.</summary>
    /// <param name="model">A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor.</param>
    /// <param name="patchSize">Side of a patch in pixels; those at the right and bottom edges may be cut.</param>
    public PatchCurves(Module model, int patchSize)
        : this(new ForwardFunction(model), patchSize)
    {
    }

    /// <summary>Prepares curves of a function's result.</summary>
    /// <param name="forward">From the inputs and additional arguments to (rows) or (rows, classes).</param>
    /// <param name="patchSize">Side of a patch in pixels; those at the right and bottom edges may be cut.</param>
    public PatchCurves(Func<IReadOnlyList<Tensor?>, Tensor> forward, int patchSize)
        : this(new ForwardFunction(forward), patchSize)
    {
    }

    private PatchCurves(ForwardFunction forward, int patchSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(patchSize);
        (this.forward, this.patchSize) = (forward, patchSize);
    }

    /// <summary>Which of the inputs is the picture, (1, channels, height, width).</summary>
    public int Picture { get; init; }

    /// <summary>What replaces a deleted patch.</summary>
    public PatchReplacement Replacement { get; init; }

    /// <summary>Patches that go or come at a time, at least 1; the last step takes what is left. More take less time and give a coarser curve.</summary>
    public int PatchesPerStep
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one patch a step is needed.");
    } = 1;

    /// <summary>The probability with the first patches of an order deleted: none, those of one step, of two, …</summary>
    /// <param name="arguments">One example; its baselines are not used here.</param>
    /// <param name="order">Every patch once, counted row by row.</param>
    /// <exception cref="ArgumentException">The number of examples or patches is wrong, or the input is not a picture.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public ScoreCurve Deletion(AttributionArguments arguments, IReadOnlyList<int> order) => Curve(arguments, order, insert: false);

    /// <summary>The probability with only the first patches of an order there: none, those of one step, of two, …</summary>
    /// <inheritdoc cref="Deletion"/>
    public ScoreCurve Insertion(AttributionArguments arguments, IReadOnlyList<int> order) => Curve(arguments, order, insert: true);

    private ScoreCurve Curve(AttributionArguments arguments, IReadOnlyList<int> order, bool insert)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(order);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var picture = Checked(arguments);
        var ranks = Ranks(order, picture);
        var deleted = DeletedPictures.Of(picture, Replacement, patchSize);
        var (first, then) = insert ? (picture, deleted) : (deleted, picture);
        long[] ends = [.. Enumerable.Range(0, (order.Count - 1) / PatchesPerStep + 1).Select(step => (long)step * PatchesPerStep), order.Count];
        List<double> scores = [];
        foreach (var (from, count) in arguments.Passes(ends.Length))
        {
            using var pass = NewDisposeScope();
            var changed = tensor(ends[from..(from + count)], device: picture.device).view(-1, 1, 1, 1);
            var rows = arguments.Repeat(count).ToArray();
            rows[Picture] = where(ranks.lt(changed), first, then); // (count, channels, height, width)
            var chosen = forward.Invoke(rows, arguments.Target, examples: 1, count).sigmoid();
            scores.AddRange(chosen.cpu().to_type(float64).data<double>().ToArray());
        }

        return new(scores) { Shares = [.. ends.Select(patches => patches / (double)order.Count)] };
    }

    private Tensor Checked(AttributionArguments arguments)
    {
        if (Picture < 0 || Picture >= arguments.Inputs.Count || arguments.Inputs[Picture] is not { } picture
            || picture.dim() != 4 || picture.shape[0] != 1 || picture.numel() == 0 || !picture.is_floating_point())
        {
            throw new ArgumentException(
                $"Input {Picture} must be one picture, floating-point (1, channels, height, width); choose another with {nameof(Picture)}.", nameof(arguments));
        }

        return picture;
    }

    /// <summary>When it is the turn of each pixel's patch, (1, 1, height, width).</summary>
    private Tensor Ranks(IReadOnlyList<int> order, Tensor picture)
    {
        int height = (int)picture.shape[2], width = (int)picture.shape[3], columns = PatchOrder.Count(width, patchSize);
        var patches = PatchOrder.Count(height, patchSize) * columns;
        if (!order.Order().SequenceEqual(Enumerable.Range(0, patches)))
        {
            throw new ArgumentException(
                $"The order must have each of the picture's patches once, 0 to {patches - 1}, for patches of {patchSize} × {patchSize}.", nameof(order));
        }

        var turns = new long[patches];
        for (var turn = 0; turn < order.Count; turn++)
        {
            turns[order[turn]] = turn;
        }

        var ranks = new long[height * width];
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = turns[i / width / patchSize * columns + i % width / patchSize];
        }

        return tensor(ranks, device: picture.device).view(1, 1, height, width);
    }
}

/// <summary>Probabilities of an answer while patches are deleted or inserted.</summary>
/// <param name="Scores">After each step, from none; 0 to 1.</param>
public sealed record ScoreCurve(IReadOnlyList<double> Scores)
{
    /// <summary>The share of the patches that are gone or there at each score, from 0 to 1; evenly spaced if not set.</summary>
    public IReadOnlyList<double> Shares { get; init; } = [.. Enumerable.Range(0, Scores.Count).Select(step => step / (Scores.Count - 1.0))];

    /// <summary>The area under the curve over the share of patches, by trapezoids: small is good for deletion, large for insertion.</summary>
    public double Area => Enumerable.Range(1, Scores.Count - 1)
        .Sum(step => (Shares[step] - Shares[step - 1]) * (Scores[step - 1] + Scores[step]) / 2);
}
