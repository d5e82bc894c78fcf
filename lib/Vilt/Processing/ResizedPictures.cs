using System.Collections.Concurrent;
using Vilt.Data;

namespace Vilt.Processing;

/// <summary>
/// Pictures as a model sees them, kept once they have been read: decoding and resizing costs a small model more than its own work.
/// At most a quarter of the machine's memory is kept; what doesn't fit is read again each time.
/// </summary>
internal sealed class ResizedPictures(ViltImageProcessor processor)
{
    private readonly ConcurrentDictionary<string, RgbImage> kept = new(StringComparer.Ordinal);
    private readonly long most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
    private long bytes;

    /// <summary>A picture, resized.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="InvalidDataException">It is broken, or too long and thin.</exception>
    public RgbImage Of(string path)
    {
        if (this.kept.TryGetValue(path, out var kept))
        {
            return kept;
        }

        var resized = processor.Resize(path);
        if (Interlocked.Add(ref bytes, resized.Pixels.Length) <= most)
        {
            this.kept.TryAdd(path, resized);
        }

        return resized;
    }
}
