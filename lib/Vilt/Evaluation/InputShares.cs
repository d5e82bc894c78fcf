using Vilt.Attribution;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Evaluation;

/// <summary>
/// How much of an output comes from each input as a whole, such as text and picture, by exact <see cref="ShapleyValues"/>: the question
/// of MM-SHAP (Parcalabescu and Frank 2023, https://arxiv.org/abs/2212.08158), which samples, at the cost of four forward passes for two
/// inputs.
/// </summary>
/// <param name="Values">The Shapley value of each input; they sum to the output minus that for the baselines.</param>
public sealed record InputShares(IReadOnlyList<double> Values)
{
    /// <summary>Each value's part of the sum of their magnitudes, 0 to 1; 0 if none contributes.</summary>
    public IReadOnlyList<double> Shares
    {
        get
        {
            var sum = Values.Sum(Math.Abs);
            return [.. Values.Select(value => sum == 0 ? 0 : Math.Abs(value) / sum)];
        }
    }

    /// <summary>The shares in a model's output.</summary>
    /// <param name="model">A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor.</param>
    /// <param name="arguments">The inputs, what each is without its content, and the output to explain.</param>
    /// <returns>One per example.</returns>
    /// <inheritdoc cref="IAttributionMethod.Attribute" path="/exception"/>
    public static IReadOnlyList<InputShares> Of(Module model, AttributionArguments arguments) => Of(new ForwardFunction(model), arguments);

    /// <summary>The shares in a function's result.</summary>
    /// <param name="forward">From the inputs and additional arguments to (rows) or (rows, classes).</param>
    /// <param name="arguments">The inputs, what each is without its content, and the output to explain.</param>
    /// <returns>One per example.</returns>
    /// <inheritdoc cref="IAttributionMethod.Attribute" path="/exception"/>
    public static IReadOnlyList<InputShares> Of(Func<IReadOnlyList<Tensor?>, Tensor> forward, AttributionArguments arguments) =>
        Of(new ForwardFunction(forward), arguments);

    private static InputShares[] Of(ForwardFunction forward, AttributionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        using var scope = NewDisposeScope();
        Tensor[] masks = [.. arguments.Inputs.Select((input, i) => tensor((long)i).view([.. input.shape.Select(_ => 1L)]))];
        using var result = new ShapleyValues(forward) { FeatureMask = masks }.Attribute(arguments);
        double[][] values = [.. result.Attributions.Select(FirstOfEach)]; // (inputs)(examples)
        return [.. Enumerable.Range(0, arguments.Examples).Select(example => new InputShares([.. values.Select(ofInput => ofInput[example])]))];
    }

    // All values of an input form one feature and share its value.
    private static double[] FirstOfEach(Tensor attribution) =>
        attribution.view(attribution.shape[0], -1).select(1, 0).cpu().to_type(float64).data<double>().ToArray();
}
