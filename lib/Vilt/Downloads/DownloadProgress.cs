namespace Vilt.Downloads;

/// <summary>The progress of a download.</summary>
/// <param name="File">What is downloaded.</param>
/// <param name="Done">Bytes fetched so far, or files if many are fetched.</param>
/// <param name="Total">How many there will be; null while that is not known.</param>
public sealed record DownloadProgress(string File, long Done, long? Total)
{
    /// <summary>The file and the share of it that has been fetched.</summary>
    public override string ToString() => Total is > 0 ? $"{File}: {100 * Done / Total} %" : File;
}
