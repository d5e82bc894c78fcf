namespace Vilt.Tests.Checkpoints;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("vilt-").FullName;

    internal string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>Copies the files of another folder.</summary>
    internal static TemporaryFolder CopyOf(string folder, params string[] except)
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(folder).Where(file => !except.Contains(System.IO.Path.GetFileName(file))))
        {
            File.Copy(file, copy[System.IO.Path.GetFileName(file)]);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
