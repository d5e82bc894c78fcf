namespace Vilt.Tests;

/// <summary>A folder of its own for one test, which is gone after it.</summary>
public class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("vilt-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Copies the files of another folder.</summary>
    public static TemporaryFolder CopyOf(string folder, params string[] except)
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(folder).Where(file => !except.Contains(System.IO.Path.GetFileName(file))))
        {
            File.Copy(file, copy[System.IO.Path.GetFileName(file)]);
        }

        return copy;
    }

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        GC.SuppressFinalize(this);
    }
}
