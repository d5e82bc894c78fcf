namespace Vilt.Attribution;

/// <summary>How many steps of a path go through the model at once. It bounds the memory and changes results by rounding only.</summary>
internal static class ChunkSize
{
    private const int MostRows = 16; // more are no faster
    private const long MostBytes = 1L << 29;
    private const int MemoryShare = 8; // and at most an eighth of this machine's or container's memory
    private const int BytesPerInputByte = 68; // what a vision transformer keeps for the backward pass, roughly

    /// <summary>The steps at once for a number of rows that the caller chose, or for the memory at hand.</summary>
    internal static int Steps(int? internalBatchSize, ForwardArguments arguments)
    {
        if (internalBatchSize < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(internalBatchSize), internalBatchSize, "The internal batch size must be at least 1.");
        }

        return Math.Max(1, (internalBatchSize ?? Rows(arguments)) / arguments.Examples);
    }

    private static int Rows(ForwardArguments arguments)
    {
        var bytes = Math.Min(MostBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryShare);
        var perRow = arguments.Bytes / arguments.Examples * BytesPerInputByte;
        return (int)Math.Clamp(bytes / Math.Max(1, perRow), 1, MostRows);
    }
}
