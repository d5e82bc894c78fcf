using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>Looks for values that are infinite or not a number (NaN): what follows from them means nothing, and does not show it.</summary>
public static class FiniteValues
{
    /// <summary>Whether all values of a tensor are finite.</summary>
    /// <param name="values">Any shape, on any device.</param>
    public static bool AreAll(Tensor values)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        // One value that is not finite makes their sum so; large ones may do that too, and then each is looked at.
        return double.IsFinite(values.sum().to(float64).item<double>()) || values.isfinite().all().item<bool>();
    }

    /// <summary>Refuses a model's answers that are not finite.</summary>
    /// <param name="logits">The scores of the answers, (B, answers).</param>
    /// <returns>The same tensor.</returns>
    /// <exception cref="NotFiniteNumberException">A score is infinite or not a number.</exception>
    public static Tensor Require(Tensor logits) => AreAll(logits) ? logits : throw new NotFiniteNumberException(
        "The model's answers are not finite (NaN or infinite): its weights are damaged or far too large, or bfloat16 is too coarse for them. "
        + "Use an earlier checkpoint, or train with a lower learning rate.");
}
