using System.Globalization;

namespace Vilt.Visuals;

/// <summary>Places values along a line of pixels and picks round numbers to label, linear or logarithmic.</summary>
internal sealed class Axis
{
    private readonly double _min;
    private readonly double _max;
    private readonly float _start;
    private readonly float _end;

    internal Axis(double min, double max, float start, float end, bool isLogarithmic = false)
    {
        IsLogarithmic = isLogarithmic;
        (_min, _max, _start, _end) = (Scaled(min), Scaled(max), start, end);
        if (_max <= _min) _max = _min + 1;
    }

    internal bool IsLogarithmic { get; }

    internal float At(double value) => _start + (float)((Scaled(value) - _min) / (_max - _min) * (_end - _start));

    /// <summary>About six round numbers, 1, 2 or 5 times a power of ten apart; on a logarithmic axis powers of ten.</summary>
    internal IEnumerable<double> Ticks() => IsLogarithmic ? LogarithmicTicks() : LinearTicks();

    internal static string Label(double tick) =>
        tick.ToString(Math.Abs(tick) is 0 or (>= 1e-4 and < 1e7) ? "#,0.######" : "0.##e0", CultureInfo.InvariantCulture);

    private double Scaled(double value) => IsLogarithmic ? Math.Log10(value) : value;

    private IEnumerable<double> LinearTicks()
    {
        double rough = (_max - _min) / 6;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((rough / power) switch { < 1.5 => 1, < 3 => 2, < 7 => 5, _ => 10 });
        long first = (long)Math.Ceiling((_min / step) - 1e-9);
        long last = (long)Math.Floor((_max / step) + 1e-9);
        for (long i = first; i <= last; i++) yield return Math.Round(i * step, 12);
    }

    private IEnumerable<double> LogarithmicTicks()
    {
        int every = Math.Max(1, (int)Math.Ceiling((_max - _min) / 8));
        for (int power = (int)Math.Ceiling(_min); power <= _max; power += every) yield return Math.Pow(10, power);
    }
}
