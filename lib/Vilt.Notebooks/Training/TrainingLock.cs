namespace Vilt.Notebooks.Training;

/// <summary>
/// Keeps two trainings from using the same folder, with a file in it that the first has open and that disappears with its process.
/// </summary>
internal static class TrainingLock
{
    private const string FileName = "training.lock";

    /// <summary>Takes the lock of a folder, which is created if needed.</summary>
    /// <returns>The lock; disposing it releases it.</returns>
    /// <exception cref="IOException">Another process is training into the folder.</exception>
    public static IDisposable Take(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new FileStream(
                Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (error.HResult is 11 or 35 or unchecked((int)0x80070020))
        {
            // EAGAIN of Linux, of macOS; ERROR_SHARING_VIOLATION
            throw new IOException($"Another process is training into {Path.GetFullPath(folder)}. Wait for it to end, or choose another --out.", error);
        }
    }
}
