using System.Globalization;

namespace Vilt.Visuals;

/// <summary>Places values along a line of pixels and picks round numbers to label, linear or logarithmic.</summary>
internal sealed class Axis
{
    private readonly double min;
    private readonly double max;
    private readonly float start;
    private readonly float end;

    internal Axis(double min, double max, float start, float end, bool isLogarithmic = false)
    {
        IsLogarithmic = isLogarithmic;
        (this.min, this.max, this.start, this.end) = (Scaled(min), Scaled(max), start, end);
        if (this.max <= this.min)
        {
            this.max = this.min + 1;
        }
    }

    internal bool IsLogarithmic { get; }

    internal float At(double value) => start + (float)((Scaled(value) - min) / (max - min) * (end - start));

    /// <summary>About six round numbers, 1, 2 or 5 times a power of ten apart; on a logarithmic axis powers of ten.</summary>
    internal IEnumerable<double> Ticks() => IsLogarithmic ? LogarithmicTicks() : LinearTicks();

    internal static string Label(double tick) =>
        tick.ToString(Math.Abs(tick) is 0 or (>= 1e-4 and < 1e7) ? "#,0.######" : "0.##e0", CultureInfo.InvariantCulture);

    private double Scaled(double value) => IsLogarithmic ? Math.Log10(value) : value;

    private IEnumerable<double> LinearTicks()
    {
        var rough = (max - min) / 6;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * ((rough / power) switch { < 1.5 => 1, < 3 => 2, < 7 => 5, _ => 10 });
        var first = (long)Math.Ceiling((min / step) - 1e-9);
        var last = (long)Math.Floor((max / step) + 1e-9);
        for (var i = first; i <= last; i++)
        {
            yield return Math.Round(i * step, 12);
        }
    }

    private IEnumerable<double> LogarithmicTicks()
    {
        var every = Math.Max(1, (int)Math.Ceiling((max - min) / 8));
        for (var power = (int)Math.Ceiling(min); power <= max; power += every)
        {
            yield return Math.Pow(10, power);
        }
    }
}
