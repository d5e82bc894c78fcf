namespace Vilt.Downloads;

/// <summary>
/// A lock between processes: a file that only one of them can have open. On Linux and macOS that is
/// <c>flock</c>, which Python's <c>filelock</c> takes too, so that both keep out of each other's way.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until the lock is free and takes it.</summary>
    /// <param name="path">The lock's file; it is created if needed, and stays.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The lock; disposing it releases it.</returns>
    internal static async Task<IDisposable> AcquireAsync(string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (IsHeld(error))
            {
                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020); // EAGAIN of Linux, of macOS; ERROR_SHARING_VIOLATION
}
