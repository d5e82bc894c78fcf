namespace Vilt.Native;

/// <summary>
/// How torch's threads wait for one another. On Linux they are libgomp's, which by default spin for milliseconds before they sleep. Where
/// another process wants the same cores, as a second notebook does, they spin while the thread that they wait for is not running: two
/// notebooks at once took seven times as long as one; with this they take less than twice as long, and one alone as long as before.
/// </summary>
internal static unsafe class WaitingThreads
{
    /// <summary>Whether the environment says how threads wait.</summary>
    internal static bool IsSetByUser => Environment.GetEnvironmentVariable("GOMP_SPINCOUNT") is not null || Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is not null;

    /// <summary>Lets them sleep soon, unless the user has set it otherwise. It takes effect before torch is loaded.</summary>
    internal static void SleepSoon()
    {
        if (IsSetByUser || !LibC.TryFind("setenv", out var export))
        {
            return;
        }

        // libgomp reads the variable when it is loaded; .NET's own SetEnvironmentVariable does not reach native code. The value is what
        // libgomp takes itself where it has more threads than processors, by its manual. It can't see those of other processes.
        var setenv = (delegate* unmanaged<byte*, byte*, int, int>)export;
        fixed (byte* name = "GOMP_SPINCOUNT\0"u8, value = "1000\0"u8)
        {
            _ = setenv(name, value, 0);
        }
    }
}
