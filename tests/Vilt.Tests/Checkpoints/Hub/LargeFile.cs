namespace Vilt.Tests.Checkpoints.Hub;

/// <summary>A hub with one file, which is large and so comes from another host.</summary>
internal sealed class LargeFile : IDisposable
{
    public const string Name = "notes.bin";
    public const int Size = 3001;

    public static readonly byte[] Content = Bytes(seed: 1);

    public LargeFile() => Hub.Files[Name] = Content;

    public TestHub Hub { get; } = new();

    /// <summary>Where the cache holds it.</summary>
    public string Blob => Hub.Blob(Name);

    /// <summary>Where the cache holds what has come of it.</summary>
    public string Incomplete => Blob + ".incomplete";

    public static byte[] Bytes(int seed)
    {
        var bytes = new byte[Size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public Task<byte[]?> FetchAsync() => Hub.FetchAsync(Name);

    /// <summary>Leaves a part in the cache, as of an earlier download.</summary>
    public void Leave(ReadOnlySpan<byte> part)
    {
        Directory.CreateDirectory(Hub.InCache("blobs"));
        File.WriteAllBytes(Incomplete, part);
    }

    public void AssertOnlyBlob() => Assert.Equal([Blob], Directory.GetFiles(Hub.InCache("blobs")));

    public void Dispose() => Hub.Dispose();
}
