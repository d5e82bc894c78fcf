using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Native;

/// <summary>
/// Sums that outlive a garbage collection. TorchSharp's a + b passes a temporary Scalar of 1 to native code and doesn't keep it
/// alive there (0.107): once in a few thousand sums, the collector frees it too early and torch throws.
/// </summary>
internal static class Addition
{
    private static readonly Scalar One = 1.ToScalar(), MinusOne = (-1).ToScalar();

    /// <summary>left + right, broadcast.</summary>
    internal static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    /// <summary>left − right, broadcast.</summary>
    internal static Tensor Minus(this Tensor left, Tensor right) => left.add(right, MinusOne);

    /// <summary>left + factor · other, broadcast.</summary>
    internal static Tensor PlusProduct(this Tensor left, Tensor factor, Tensor other) => addcmul(left, factor, other, One);

    /// <summary>Adds to a tensor in place.</summary>
    internal static void Add(this Tensor sum, Tensor summand) => sum.add_(summand, One);

    /// <summary>Subtracts from a tensor in place.</summary>
    internal static void Subtract(this Tensor sum, Tensor summand) => sum.add_(summand, MinusOne);
}
