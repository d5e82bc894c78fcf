namespace Vilt.Scenes.Rendering;

/// <summary>Reads the masks of all objects of a picture in one pass over its pixels, down each column.</summary>
internal static class MaskTracer
{
    /// <summary>A mask for each object of which something can be seen, by ascending id.</summary>
    public static IReadOnlyList<ObjectMask> Trace(RenderedScene scene)
    {
        SortedDictionary<int, Outline> outlines = [];
        int pixels = scene.Owners.Length, start = 0;
        for (int end = 1; end <= pixels; end++)
        {
            int owner = OwnerAt(scene, start);
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
        if (!outlines.TryGetValue(owner, out Outline? outline))
        {
            outlines.Add(owner, outline = new Outline());
        }
        return outline;
    }

    private sealed class Outline
    {
        private readonly List<int> _counts = [];
        private int _end, _left = int.MaxValue, _top = int.MaxValue, _right, _bottom;

        /// <summary>A run from start up to, not including, end; it may go on from one column into the next.</summary>
        public void AddRun(int start, int end, int height)
        {
            _counts.Add(start - _end);
            _counts.Add(end - start);
            _end = end;
            bool oneColumn = start / height == (end - 1) / height;
            _left = Math.Min(_left, start / height);
            _right = Math.Max(_right, (end - 1) / height);
            _top = Math.Min(_top, oneColumn ? start % height : 0);
            _bottom = Math.Max(_bottom, oneColumn ? (end - 1) % height : height - 1);
        }

        public ObjectMask ToMask(int id, int pixels)
        {
            if (_end < pixels)
            {
                _counts.Add(pixels - _end);
            }
            return new ObjectMask(id, _left, _top, _right - _left + 1, _bottom - _top + 1, _counts);
        }
    }
}
