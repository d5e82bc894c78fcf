using System.IO.Compression;

namespace Vilt.Notebooks.Grading;

/// <summary>Opens archives that strangers have made.</summary>
internal static class SubmissionZip
{
    private const int MostFiles = 20_000;
    private const long MostBytes = 4L << 30;

    /// <summary>Writes an archive's files into a folder of their own.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="scratch">Where the folder is made.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="InvalidDataException">It is damaged, leads out of its folder, or holds too much.</exception>
    public static string Open(string path, string scratch)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scratch, Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var files = archive.Entries.Where(entry => entry.Name.Length > 0).ToList();
            if (files.Count > MostFiles)
            {
                throw new InvalidDataException($"it holds {files.Count:N0} files, more than {MostFiles:N0}");
            }

            var room = MostBytes;
            foreach (var entry in files)
            {
                room -= Write(entry, folder, room);
            }

            return folder;
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path} can't be opened: {exception.Message}.");
        }
    }

    private static long Write(ZipArchiveEntry entry, string folder, long room)
    {
        var target = Path.GetFullPath(Path.Combine(folder, entry.FullName));
        if (!target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{entry.FullName} leads out of it");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var written = 0L;
        using (var source = entry.Open())
        using (var file = File.Create(target))
        {
            var chunk = new byte[1 << 16];
            while (source.Read(chunk) is var count and > 0)
            {
                written += count; // What it says of its length may be untrue.
                if (written > room)
                {
                    throw new InvalidDataException($"it holds more than {MostBytes >> 30} GiB");
                }

                file.Write(chunk, 0, count);
            }
        }

        File.SetLastWriteTimeUtc(target, entry.LastWriteTime.UtcDateTime);
        return written;
    }
}
