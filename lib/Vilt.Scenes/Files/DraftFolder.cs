using System.Text.RegularExpressions;

namespace Vilt.Scenes.Files;

/// <summary>
/// A folder beside the target, renamed to it when everything is written: an interrupted run leaves nothing that looks complete, and the
/// next one cleans up. Only an earlier Zoo is ever replaced. One process at a time has the draft; others wait for it.
/// </summary>
internal sealed partial class DraftFolder : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string target;
    private readonly FileStream alone;

    /// <summary>Waits for its turn and makes an empty draft.</summary>
    /// <exception cref="IOException">The target folder is a file, or holds files that are not a Zoo.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public DraftFolder(string folder, CancellationToken cancellation)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        CheckTarget();
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        alone = Lock(target + ".drawing.lock", cancellation);
        try
        {
            ClearAway();
            Directory.CreateDirectory(Location);
        }
        catch
        {
            alone.Dispose();
            throw;
        }
    }

    /// <summary>Where to write.</summary>
    public string Location => target + ".drawing";

    private string Old => target + ".drawing.old";

    /// <summary>Replaces the target folder with the draft.</summary>
    public void Publish()
    {
        CheckTarget();
        if (!Directory.Exists(target))
        {
            Directory.Move(Location, target);
            return;
        }

        Directory.Move(target, Old);
        Directory.Move(Location, target);
        Directory.Delete(Old, recursive: true);
    }

    public void Dispose()
    {
        if (Directory.Exists(Location))
        {
            Directory.Delete(Location, recursive: true);
        }

        alone.Dispose();
    }

    private static FileStream Lock(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
            catch (IOException error) when (error.HResult is 11 or 35 or unchecked((int)0x80070020))
            {
                // EAGAIN of Linux, of macOS; ERROR_SHARING_VIOLATION: another process has it.
                cancellation.WaitHandle.WaitOne(Pause);
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>
    /// Puts back the earlier Zoo and removes the draft of a process that was killed; earlier versions put its number in the name.
    /// </summary>
    private void ClearAway()
    {
        if (Directory.Exists(Old) && !Directory.Exists(target))
        {
            Directory.Move(Old, target);
        }

        foreach (var folder in Directory.GetDirectories(Path.GetDirectoryName(target)!))
        {
            if (folder.StartsWith(target, StringComparison.Ordinal) && DraftEnding().IsMatch(folder[target.Length..]))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    [GeneratedRegex(@"\A\.drawing(-\d+)?(\.old)?\z")]
    private static partial Regex DraftEnding();

    private void CheckTarget()
    {
        if (File.Exists(target))
        {
            throw new IOException($"{target} is a file; the Zoo needs a folder. Give the path of a new or empty folder.");
        }

        if (!Directory.Exists(target))
        {
            return;
        }

        string[] names = [.. Directory.EnumerateFileSystemEntries(target).Select(path => Path.GetFileName(path))];
        string[] strange = [.. names.Except(ZooFiles.All)];
        if (strange.Length > 0 || (names.Length > 0 && ZooMarker.Read(target) is null))
        {
            throw new IOException(
                $"{target} is not a complete Zoo ({(strange.Length > 0 ? strange[0] : $"no {ZooFiles.Marker}")}); " +
                "nothing was changed. Give a new or empty folder.");
        }
    }
}
