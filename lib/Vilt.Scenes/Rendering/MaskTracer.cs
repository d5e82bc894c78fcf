namespace Vilt.Scenes.Rendering;

/// <summary>Reads the masks of all objects of a picture in one pass over its pixels, down each column.</summary>
internal static class MaskTracer
{
    /// <summary>A mask for each object that can be seen at least in part, by ascending id.</summary>
    public static IReadOnlyList<ObjectMask> Trace(RenderedScene scene)
    {
        SortedDictionary<int, Outline> outlines = [];
        int pixels = scene.Owners.Length, start = 0;
        for (var end = 1; end <= pixels; end++)
        {
            var owner = OwnerAt(scene, start);
            if (end < pixels && OwnerAt(scene, end) == owner)
            {
                continue;
            }

            if (owner != 0)
            {
                OutlineOf(outlines, owner).AddRun(start, end, scene.Height);
            }

            start = end;
        }

        return [.. outlines.Select(pair => pair.Value.ToMask(pair.Key, pixels))];
    }

    private static int OwnerAt(RenderedScene scene, int columnMajor) =>
        scene.Owners[columnMajor % scene.Height * scene.Width + columnMajor / scene.Height];

    private static Outline OutlineOf(SortedDictionary<int, Outline> outlines, int owner)
    {
        if (!outlines.TryGetValue(owner, out var outline))
        {
            outlines.Add(owner, outline = new Outline());
        }

        return outline;
    }

    private sealed class Outline
    {
        private readonly List<int> counts = [];
        private int end, left = int.MaxValue, top = int.MaxValue, right, bottom;

        /// <summary>A run from start up to but not including end; it may continue from one column into the next.</summary>
        public void AddRun(int start, int end, int height)
        {
            counts.Add(start - this.end);
            counts.Add(end - start);
            this.end = end;
            var oneColumn = start / height == (end - 1) / height;
            left = Math.Min(left, start / height);
            right = Math.Max(right, (end - 1) / height);
            top = Math.Min(top, oneColumn ? start % height : 0);
            bottom = Math.Max(bottom, oneColumn ? (end - 1) % height : height - 1);
        }

        public ObjectMask ToMask(int id, int pixels)
        {
            if (end < pixels)
            {
                counts.Add(pixels - end);
            }

            return new ObjectMask(id, left, top, right - left + 1, bottom - top + 1, counts);
        }
    }
}
