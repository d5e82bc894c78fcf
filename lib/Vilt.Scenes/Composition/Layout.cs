using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Composition;

/// <summary>Finds a spot for each animal: in rows, without overlaps, each at least three 16-unit patches wide.</summary>
internal static class Layout
{
    /// <summary>Three patches and a little, since a drawing does not fill its box to the last unit.</summary>
    private const float LeastWidth = 52;

    // No larger, or chance alone would often point at the animal, and a pointing game would reveal little.
    private const float MostWidth = 60;
    private const float LeastCloseUp = 70;
    private const float MostCloseUp = 92;
    private const float Margin = 3;

    /// <param name="random">The picture's stream.</param>
    /// <param name="width">Width of the scene.</param>
    /// <param name="height">Height of the scene.</param>
    /// <param name="aspects">Height over width of each animal's drawing.</param>
    /// <param name="closeUp">Whether a single animal should fill the picture.</param>
    /// <returns>A box for each animal, in the order of <paramref name="aspects"/>.</returns>
    public static IReadOnlyList<Box> Place(SeededRandom random, float width, float height, IReadOnlyList<float> aspects, bool closeUp)
    {
        var tallest = aspects.Max();
        var rows = random.Pick(PossibleRows(width, height, aspects.Count, tallest));
        var rowHeight = (height - 2 * Margin) / rows;
        List<Box> boxes = [];
        for (var row = 0; row < rows; row++)
        {
            float[] members = [.. aspects.Skip(boxes.Count).Take((aspects.Count - boxes.Count) / (rows - row))];
            var most = MathF.Min((width - 2 * Margin) / members.Length, rowHeight / tallest);
            var (low, high) = closeUp ? (LeastCloseUp, MostCloseUp) : (LeastWidth, MostWidth);
            boxes.AddRange(Row(random, width, Margin + row * rowHeight, rowHeight, members,
                MathF.Min(low, most), MathF.Min(high, most)));
        }

        return boxes;
    }

    private static List<int> PossibleRows(float width, float height, int animals, float tallest) =>
    [
        .. Enumerable.Range(1, animals).Where(rows =>
            (animals + rows - 1) / rows * LeastWidth <= width - 2 * Margin && rows * LeastWidth * tallest <= height - 2 * Margin),
    ];

    private static IEnumerable<Box> Row(
        SeededRandom random, float width, float top, float rowHeight, float[] aspects, float low, float high)
    {
        float[] widths = [.. aspects.Select(_ => random.Between(low, high))];
        var free = width - 2 * Margin - widths.Sum();
        float[] gaps = [.. aspects.Select(_ => random.Between(0, free)).Order()];
        var left = Margin;
        for (var i = 0; i < aspects.Length; i++)
        {
            var tall = widths[i] * aspects[i];
            var highest = MathF.Max(top + tall, top + rowHeight * 0.75f); // no animal floats at the top of a tall row
            var foot = random.Between(highest, MathF.Max(highest, top + rowHeight));
            yield return new Box(left + gaps[i], foot - tall, widths[i], tall);
            left += widths[i];
        }
    }
}
