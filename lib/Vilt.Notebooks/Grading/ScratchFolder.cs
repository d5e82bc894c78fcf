namespace Vilt.Notebooks.Grading;

/// <summary>A folder that is deleted at the end.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("vilt").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
