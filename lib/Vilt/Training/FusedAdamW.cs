using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>
/// AdamW's update of a weight in one pass over memory, as <c>torch.optim.AdamW(fused=True)</c> does it, which TorchSharp lacks. The
/// separate torch operations pass over it seven times, and wake torch's threads each time: a sixth of a small model's step.
/// </summary>
internal static unsafe class FusedAdamW
{
    private const int RangeLength = 1 << 18; // values that one thread processes at a time

    /// <summary>Whether weight and gradient are in this process's memory as contiguous float32 values.</summary>
    public static bool Fits(Tensor weight, Tensor gradient) => weight.device_type == DeviceType.CPU
        && weight.dtype == ScalarType.Float32 && gradient.dtype == ScalarType.Float32
        && weight.is_contiguous() && gradient.is_contiguous() && weight.numel() <= int.MaxValue / sizeof(float);

    /// <summary>Updates a weight and its moments, all of the same shape.</summary>
    /// <returns>Whether all of them are finite then.</returns>
    public static bool Update(Tensor weight, Tensor average, Tensor squareAverage, Tensor gradient, AdamWFactors factors)
    {
        var length = (int)weight.numel();
        var (weights, averages, squareAverages, gradients) = (Start(weight), Start(average), Start(squareAverage), Start(gradient));
        var threads = new ParallelOptions() { MaxDegreeOfParallelism = get_num_threads() };
        var isFinite = true;
        Parallel.For(0, (length + RangeLength - 1) / RangeLength, threads, range =>
        {
            if (!Update(Range(weights), Range(averages), Range(squareAverages), Range(gradients), factors))
            {
                Volatile.Write(ref isFinite, false);
            }

            Span<float> Range(nint start) => new((float*)start + range * RangeLength, Math.Min(RangeLength, length - range * RangeLength));
        });
        return isFinite;
    }

    private static bool Update(Span<float> weights, Span<float> averages, Span<float> squareAverages, Span<float> gradients, AdamWFactors factors)
    {
        float decay = (float)factors.Decay, beta1 = (float)AdamWFactors.Beta1, beta2 = (float)factors.Beta2;
        float oneMinusBeta1 = (float)(1 - AdamWFactors.Beta1), oneMinusBeta2 = (float)(1 - factors.Beta2);
        float squareCorrection = (float)factors.SquareCorrection, epsilon = (float)AdamWFactors.Epsilon, stepSize = (float)factors.StepSize;
        Span<Vector<float>> weight = Vectors(weights), average = Vectors(averages), squareAverage = Vectors(squareAverages), gradient = Vectors(gradients);
        var check = Vector<float>.Zero; // 0 times what is not finite is NaN
        for (var i = 0; i < weight.Length; i++)
        {
            average[i] = average[i] * beta1 + gradient[i] * oneMinusBeta1;
            squareAverage[i] = squareAverage[i] * beta2 + gradient[i] * oneMinusBeta2 * gradient[i];
            var deviation = Vector.SquareRoot(squareAverage[i]) / squareCorrection + Vector.Create(epsilon);
            weight[i] = weight[i] * decay - average[i] * stepSize / deviation;
            check += (weight[i] + squareAverage[i]) * 0;
        }

        var rest = 0f;
        for (var i = weight.Length * Vector<float>.Count; i < weights.Length; i++) // what is left of a vector
        {
            averages[i] = averages[i] * beta1 + gradients[i] * oneMinusBeta1;
            squareAverages[i] = squareAverages[i] * beta2 + gradients[i] * oneMinusBeta2 * gradients[i];
            var deviation = MathF.Sqrt(squareAverages[i]) / squareCorrection + epsilon;
            weights[i] = weights[i] * decay - averages[i] * stepSize / deviation;
            rest += (weights[i] + squareAverages[i]) * 0;
        }

        return Vector.EqualsAll(check, Vector<float>.Zero) && rest == 0;
    }

    private static Span<Vector<float>> Vectors(Span<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);

    private static nint Start(Tensor tensor)
    {
        fixed (byte* start = tensor.bytes)
        {
            return (nint)start; // native memory: it stays where it is
        }
    }
}
