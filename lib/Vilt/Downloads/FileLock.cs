namespace Vilt.Downloads;

/// <summary>
/// A lock that a process holds over others: a file that it has open for itself alone. On Linux and macOS that is
/// <c>flock</c>, which Python's <c>filelock</c> takes too, so that both keep out of each other's way.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until the lock is free and takes it.</summary>
    /// <param name="path">The lock's file; it is made if need be, and stays.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The lock; to dispose it lets it go.</returns>
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
