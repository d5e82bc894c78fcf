using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>
/// Looks for values that are infinite or not a number (NaN): results computed from them are meaningless, but do not look it.
/// </summary>
public static class FiniteValues
{
    /// <summary>Whether all values of a tensor are finite.</summary>
    /// <param name="values">Any shape, on any device.</param>
    public static bool AreAll(Tensor values)
    {
        if (values.device_type == DeviceType.CPU && values.dtype == ScalarType.Float32 && values.is_contiguous()
            && values.numel() <= int.MaxValue / sizeof(float))
        {
            return AreAll(MemoryMarshal.Cast<byte, float>(values.bytes)); // no threads to wake, which takes longer than a weight's values
        }

        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        // One value that is not finite makes their sum so; large ones may do that too, so then each is checked.
        return double.IsFinite(values.sum().to(float64).item<double>()) || values.isfinite().all().item<bool>();
    }

    /// <summary>Returns a model's output unchanged if it is finite, and refuses it otherwise.</summary>
    /// <param name="values">Any shape, on any device.</param>
    /// <param name="what">What they are, in a few words, such as "scores of the answers".</param>
    /// <returns>The same tensor.</returns>
    /// <exception cref="InvalidDataException">A value is infinite or not a number.</exception>
    public static Tensor Finite(this Tensor values, string what) => AreAll(values) ? values : throw new InvalidDataException(
        $"The model's {what} are not finite: its weights hold NaN or infinity, or numbers too large for its precision. "
        + "Load another checkpoint, or compute in float32.");

    private static bool AreAll(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var check = Vector<float>.Zero; // 0 times what is not finite is NaN
        foreach (var vector in vectors)
        {
            check += vector * 0;
        }

        var rest = 0f;
        foreach (var value in values[(vectors.Length * Vector<float>.Count)..])
        {
            rest += value * 0;
        }

        return Vector.EqualsAll(check, Vector<float>.Zero) && rest == 0;
    }
}
