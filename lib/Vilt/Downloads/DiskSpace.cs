namespace Vilt.Downloads;

/// <summary>Distinguishes a full disk from other failures to write.</summary>
internal static class DiskSpace
{
    private const int NoSpaceOnUnix = 28, NoSpaceOnWindows = unchecked((int)0x80070070); // ENOSPC, ERROR_DISK_FULL

    /// <summary>Checks before a download that there is room for the rest of a file.</summary>
    /// <exception cref="DownloadException">There is not enough room.</exception>
    internal static void Check(string path, RemoteFile file, long have)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (folder.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return; // a network share, about which Windows says nothing here
        }

        var missing = file.Size - have;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (missing > free)
        {
            throw new DownloadException(
            $"{file.Name} was not fetched: it needs {missing >> 20} MiB, but the disk with {path} has {free >> 20} MiB left. Make room, or choose another disk.");
        }
    }

    /// <summary>Does something with a file; a full disk has an error message of its own.</summary>
    internal static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (IOException error) when (error.HResult is NoSpaceOnUnix or NoSpaceOnWindows)
        {
            throw new DownloadException($"{path} can't be written: the disk is full. Make room and try again: what has arrived is kept.", error);
        }
    }

    /// <inheritdoc cref="Guard{T}(string, Func{T})"/>
    internal static void Guard(string path, Action work) => Guard(path, () =>
    {
        work();
        return true;
    });
}
