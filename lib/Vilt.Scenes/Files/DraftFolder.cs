namespace Vilt.Scenes.Files;

/// <summary>
/// A folder beside the one that is meant, renamed to it when all is written: an interrupted run leaves nothing that looks whole.
/// Only an earlier Zoo is ever replaced.
/// </summary>
internal sealed class DraftFolder : IDisposable
{
    private readonly string target;

    /// <exception cref="IOException">The folder meant is a file, or holds files that are not a Zoo.</exception>
    public DraftFolder(string folder)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        CheckTarget();
        Location = $"{target}.drawing-{Environment.ProcessId}";
        Dispose(); // what a killed process of the same number may have left
        Directory.CreateDirectory(Location);
    }

    /// <summary>Where to write.</summary>
    public string Location { get; }

    /// <summary>Puts the draft in the place of the folder meant.</summary>
    public void Publish()
    {
        CheckTarget();
        if (!Directory.Exists(target))
        {
            Directory.Move(Location, target);
            return;
        }

        var old = Location + ".old";
        Directory.Move(target, old);
        Directory.Move(Location, target);
        Directory.Delete(old, recursive: true);
    }

    public void Dispose()
    {
        if (Directory.Exists(Location))
        {
            Directory.Delete(Location, recursive: true);
        }
    }

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
                $"{target} holds what is not a whole drawn Zoo ({(strange.Length > 0 ? strange[0] : $"no {ZooFiles.Marker}")}); " +
                "nothing was changed. Give a new or empty folder.");
        }
    }
}
