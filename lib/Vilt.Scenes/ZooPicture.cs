namespace Vilt.Scenes;

/// <summary>A picture of the Zoo and what is on it.</summary>
/// <param name="ImageId">The id in questions and annotations.</param>
/// <param name="FileName">The file in <c>val2014</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Objects">From back to front; only what can be seen.</param>
public sealed record ZooPicture(long ImageId, string FileName, int Width, int Height, IReadOnlyList<ZooObject> Objects)
{
    /// <summary>The pixels of one object, (height, width).</summary>
    /// <exception cref="ArgumentException">The picture has no such object.</exception>
    public bool[,] MaskOf(int objectId) => MaskOf([objectId]);

    /// <summary>The pixels of several objects together, (height, width).</summary>
    /// <exception cref="ArgumentException">The picture has no such object.</exception>
    public bool[,] MaskOf(IEnumerable<int> objectIds)
    {
        var mask = new bool[Height, Width];
        foreach (var id in objectIds)
        {
            var shown = Objects.FirstOrDefault(o => o.Id == id)
                ?? throw new ArgumentException($"Picture {ImageId} has no object {id}.", nameof(objectIds));
            Paint(mask, shown.Counts);
        }

        return mask;
    }

    private void Paint(bool[,] mask, IReadOnlyList<int> counts)
    {
        var pixel = 0; // column by column
        for (var run = 0; run < counts.Count; run++)
        {
            for (var end = pixel + counts[run]; pixel < end; pixel++)
            {
                mask[pixel % Height, pixel / Height] |= run % 2 == 1;
            }
        }
    }
}
