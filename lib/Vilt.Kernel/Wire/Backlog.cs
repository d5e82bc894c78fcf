using System.Diagnostics;

namespace Vilt.Kernel.Wire;

/// <summary>
/// Bounds the outputs that wait for front ends. A cell that writes faster than they read waits for them, as it would for a terminal, but
/// not for long, and not for those that stopped reading. Its output is then left out until they have caught up by half.
/// </summary>
/// <param name="waiting">Counts the bytes that wait.</param>
internal sealed class Backlog(Func<long> waiting)
{
    /// <summary>The bytes that may wait. One output more can come on top.</summary>
    public const long Most = 32 << 20;

    private static readonly TimeSpan LongestForOne = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInAll = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private TimeSpan waited;
    private bool isLeavingOut;

    /// <summary>Waits a limited time for room.</summary>
    /// <returns>Whether there is room for an output; if not, it must be left out.</returns>
    public bool HasRoom()
    {
        lock (gate)
        {
            if (waiting() < Most / 2)
            {
                (isLeavingOut, waited) = (false, TimeSpan.Zero);
            }
            else if (!isLeavingOut)
            {
                var start = Stopwatch.GetTimestamp();
                isLeavingOut = !SpinWait.SpinUntil(() => waiting() < Most, LongestForOne);
                waited += Stopwatch.GetElapsedTime(start);
                isLeavingOut |= waited > LongestInAll;
            }

            return !isLeavingOut;
        }
    }
}
