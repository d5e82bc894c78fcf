using Vilt.Data;

namespace Vilt.Checkpoints.Hub;

/// <summary>
/// One model's part of the cache, in the layout of Python's huggingface_hub: contents under <c>blobs/</c> by their entity
/// tag, <c>snapshots/COMMIT/FILE</c> pointing to them, <c>refs/</c> from branches to commits, <c>.no_exist/</c> for files
/// that a commit is known not to have, and <c>.locks/</c> beside all models.
/// </summary>
internal sealed class HubCache
{
    private readonly HubSettings settings;
    private readonly string name;
    private readonly string folder;

    internal HubCache(HubSettings settings, string model)
    {
        this.settings = settings;
        name = "models--" + model.Replace("/", "--", StringComparison.Ordinal);
        folder = Path.Combine(settings.Cache, name);
    }

    internal string Snapshot(string commit) => Path.Combine(folder, "snapshots", commit);

    internal string Blob(string tag) => Path.Combine(folder, "blobs", tag);

    internal string Lock(string tag) => Path.Combine(settings.Cache, ".locks", name, tag + ".lock");

    /// <summary>The commit that a revision was when the hub was last asked; null if it never was.</summary>
    internal string? CommitOf(string revision) =>
        File.Exists(Reference(revision)) && File.ReadAllText(Reference(revision)).Trim() is var commit && HubName.IsCommit(commit) ? commit : null;

    internal void Remember(string revision, string commit)
    {
        if (revision == commit || CommitOf(revision) == commit)
        {
            return;
        }

        AtomicFile.Write(Reference(revision), stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(commit)));
    }

    internal bool IsKnownMissing(string commit, string file) => File.Exists(Missing(commit, file));

    /// <summary>Saves the next process a request, if the cache can be written: others may keep it, read-only.</summary>
    internal void RememberMissing(string commit, string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Missing(commit, file))!);
            File.WriteAllBytes(Missing(commit, file), []);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Makes a file of a snapshot point to content that is in the cache. The caller holds the lock of the tag.</summary>
    internal void Link(string commit, string file, string tag)
    {
        var path = Path.Combine(Snapshot(commit), file);
        if (File.Exists(path))
        {
            return;
        }

        Directory.CreateDirectory(Snapshot(commit));
        File.Delete(path); // a link to a file that is gone
        try
        {
            settings.Link(path, Path.Combine("..", "..", "blobs", tag));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            AtomicFile.Write(path, stream => // usually Windows, where links require a privilege
            {
                using var blob = File.OpenRead(Blob(tag));
                blob.CopyTo(stream);
            });
        }
    }

    private string Reference(string revision) => Path.Combine(folder, "refs", Path.Combine(revision.Split('/')));

    private string Missing(string commit, string file) => Path.Combine(folder, ".no_exist", commit, file);
}
