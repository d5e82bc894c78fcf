namespace Vilt.Processing;

/// <summary>The values of a source that one value of the resized result is drawn from, as in Pillow's <c>Resample.c</c>.</summary>
/// <param name="Start">The first of them.</param>
/// <param name="Weights">What each weighs, in fixed point.</param>
internal readonly record struct ResamplingWindow(int Start, int[] Weights)
{
    private const double KernelRadius = 2;

    /// <summary>
    /// The window of each value of the result. A kernel widened by the factor of reduction covers every source value, which is what
    /// keeps small pictures free of aliasing.
    /// </summary>
    /// <param name="from">Values of the source.</param>
    /// <param name="to">Values of the result.</param>
    /// <param name="fractionBits">Fractional bits of the weights.</param>
    internal static ResamplingWindow[] All(int from, int to, int fractionBits)
    {
        var scale = (double)from / to;
        var widening = Math.Max(scale, 1);
        var radius = KernelRadius * widening;
        var windows = new ResamplingWindow[to];
        for (var i = 0; i < to; i++)
        {
            var center = (i + 0.5) * scale;
            var start = Math.Max((int)(center - radius + 0.5), 0);
            var end = Math.Min((int)(center + radius + 0.5), from);
            var weights = new double[end - start];
            double total = 0;
            for (var j = 0; j < weights.Length; j++)
            {
                total += weights[j] = Kernel((j + start - center + 0.5) * (1 / widening));
            }

            windows[i] = new ResamplingWindow(start, Array.ConvertAll(weights, weight => FixedPoint(total == 0 ? weight : weight / total, fractionBits)));
        }

        return windows;
    }

    private static int FixedPoint(double weight, int fractionBits) => (int)(weight * (1 << fractionBits) + (weight < 0 ? -0.5 : 0.5));

    // Keys, "Cubic convolution interpolation for digital image processing" (1981), a = -1/2.
    private static double Kernel(double x)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        if (x < 1)
        {
            return ((A + 2) * x - (A + 3)) * x * x + 1;
        }

        return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }
}
