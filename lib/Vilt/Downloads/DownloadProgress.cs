namespace Vilt.Downloads;

/// <summary>How far a download has come.</summary>
/// <param name="File">What is downloaded.</param>
/// <param name="Done">Bytes that are there, or files where many are fetched.</param>
/// <param name="Total">How many there will be; null while that is not known.</param>
public sealed record DownloadProgress(string File, long Done, long? Total)
{
    /// <summary>The file and the share of it that is there.</summary>
    public override string ToString() => Total is > 0 ? $"{File}: {100 * Done / Total} %" : File;
}
