namespace Vilt.Data;

/// <summary>Writes a file beside its place and moves it there when it is complete, so that a failed write leaves the old file.</summary>
public static class AtomicFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">The file; its folder is created if needed.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The folder can't be created or written, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, (beside, place) => File.Move(beside, place, overwrite: true));

    /// <summary>Writes the file if it does not exist: of several processes that do this at once, one writes it.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void WriteIfMissing(string path, Action<Stream> write) => Write(path, write, (beside, place) =>
    {
        try
        {
            File.Move(beside, place, overwrite: false);
        }
        catch (IOException) when (File.Exists(place))
        {
            // Another process was quicker.
        }
    });

    private static void Write(string path, Action<Stream> write, Action<string, string> move)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var beside = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            move(beside, path);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
