using Vilt.Evaluation;

namespace Vilt.Tests.Evaluation;

public class DecidingPixelsTests
{
    private const int Size = 20, Patch = 10;

    [Fact]
    public void The_share_inside_is_that_of_absolute_attribution_on_the_mask()
    {
        var pixels = Pixels(Mask((0, 0), (5, 7)));
        var map = new double[Size, Size];
        (map[0, 0], map[5, 7], map[1, 1], map[19, 19]) = (-2, 1, 4, -3);
        Assert.Equal(0.3, pixels.Judge(map).Inside, 12);
    }

    [Fact]
    public void The_pointing_patch_has_the_largest_absolute_sum_not_the_largest_pixel()
    {
        var pixels = Pixels(MaskOfPatch(0, 1, 100));
        var map = new double[Size, Size];
        (map[0, 0], map[0, 1]) = (90, -90); // These outweigh any other pixel, and each other.
        (map[0, 10], map[9, 19], map[15, 5]) = (-2, -1, 2.5);
        Assert.Equal(1, pixels.Judge(map).Pointing);
        map[15, 6] = 0.6;
        Assert.Equal(0, pixels.Judge(map).Pointing);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(9, 0)]
    public void A_patch_shows_what_decides_if_a_tenth_of_it_does(int covered, double expected)
    {
        var pixels = Pixels(MaskOfPatch(1, 0, covered));
        var map = new double[Size, Size];
        map[19, 9] = 1; // Off the mask, but in its patch.
        var judged = pixels.Judge(map);
        Assert.Equal((expected, 0), (judged.Pointing, judged.Inside));
        Assert.Equal(expected / 4, pixels.Chance.Pointing);
    }

    [Theory]
    [InlineData(6, 9, 4, 6)]
    [InlineData(5, 3, 10, 6)]
    [InlineData(7, 5, 4, 4)]
    public void A_resized_mask_keeps_its_area_and_place(int fromHeight, int fromWidth, int height, int width)
    {
        var mask = new bool[fromHeight, fromWidth];
        for (var row = 0; row < fromHeight / 2; row++)
        {
            for (var column = 0; column < fromWidth; column++)
            {
                mask[row, column] = true;
            }
        }

        var pixels = new DecidingPixels(mask, height, width, patchSize: 2);
        var share = (double)(fromHeight / 2) / fromHeight;
        Assert.Equal(share, pixels.Area, 12);
        for (var row = 0; row < height; row++)
        {
            var map = new double[height, width];
            map[row, width - 1] = 1;
            Assert.Equal(Math.Clamp(share * height - row, 0, 1), pixels.Judge(map).Inside, 12);
        }
    }

    [Fact]
    public void Columns_are_resized_as_rows_are()
    {
        var pixels = new DecidingPixels(new[,] { { true, false, false } }, height: 2, width: 2, patchSize: 1);
        Assert.Equal([2.0 / 3, 0], new[] { Inside(0), Inside(1) }, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([2.0 / 3, 0, 2.0 / 3, 0], pixels.Coverage.Cast<double>(), (a, b) => Math.Abs(a - b) < 1e-12);
        pixels.Coverage[0, 0] = 0; // a copy
        Assert.Equal(2.0 / 3, Inside(0), 12);

        double Inside(int column)
        {
            var map = new double[2, 2];
            map[0, column] = 1;
            return pixels.Judge(map).Inside;
        }
    }

    [Fact]
    public void Random_maps_reach_chance()
    {
        var pixels = Pixels(MaskOfPatch(1, 0, 30));
        var random = new Random(7);
        var mean = Localization.Mean([.. Enumerable.Range(0, 2000).Select(_ => pixels.Judge(RandomMap(random)))]);
        Assert.Equal(0.075, pixels.Chance.Rank, 12);
        Assert.InRange(mean.Rank, 0.07, 0.08);
        Assert.Equal(0.25, pixels.Chance.Pointing);
        Assert.Equal(0.075, pixels.Chance.Inside, 12);
        Assert.InRange(mean.Pointing, 0.21, 0.29);
        Assert.InRange(mean.Inside, 0.073, 0.077);
    }

    [Fact]
    public void A_map_that_is_the_mask_is_inside_and_ranks_first()
    {
        var pixels = Pixels(MaskOfPatch(1, 0, 37));
        var judged = pixels.Judge(MapOf(MaskOfPatch(1, 0, 37), scale: -0.5));
        Assert.Equal(1, judged.Inside, 12);
        Assert.Equal(1, judged.Rank, 12);
        var other = pixels.Judge(MapOf(MaskOfPatch(0, 1, 37), scale: 2));
        Assert.Equal(0, other.Inside);
        Assert.Equal(0, other.Rank);
    }

    [Fact]
    public void The_rank_is_the_share_of_the_mask_among_as_many_of_the_largest()
    {
        var pixels = Pixels(Mask((0, 0), (0, 1), (5, 5), (9, 9)));
        var map = new double[Size, Size];
        (map[0, 0], map[3, 3], map[0, 1], map[4, 4], map[5, 5]) = (9, -8, 7, 6, 5);
        Assert.Equal(0.5, pixels.Judge(map).Rank, 12);
    }

    [Fact]
    public void Pixels_alike_count_by_their_chance_to_be_among_the_largest()
    {
        var pixels = Pixels(Mask((0, 0), (0, 1)));
        var map = new double[Size, Size];
        (map[0, 0], map[0, 1], map[5, 5], map[6, 6]) = (3, 1, 1, -1); // One of the three comes second.
        Assert.Equal((1 + 1.0 / 3) / 2, pixels.Judge(map).Rank, 12);
        Assert.Equal(pixels.Chance.Rank, pixels.Judge(MapOf(new bool[Size, Size], scale: 1, offset: 1)).Rank, 12);
    }

    [Fact]
    public void A_map_of_zeros_points_nowhere() => Assert.Equal(default, Pixels(MaskOfPatch(0, 0, 100)).Judge(new double[Size, Size]));

    [Fact]
    public void Refuses_what_does_not_fit()
    {
        var pixels = Pixels(new bool[Size, Size]);
        Assert.Contains("20 × 20", Assert.Throws<ArgumentException>(() => pixels.Judge(new double[Size, Size + 1])).Message);
        var map = new double[Size, Size];
        map[3, 3] = double.NaN;
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => pixels.Judge(map)).Message);
        Assert.Contains("patches of 8 × 8", Assert.Throws<ArgumentException>(() => new DecidingPixels(new bool[4, 4], 16, 20, 8)).Message);
        Assert.Throws<ArgumentException>(() => new DecidingPixels(new bool[0, 4], 16, 16, 8));
    }

    private static double[,] MapOf(bool[,] mask, double scale, double offset = 0)
    {
        var map = new double[Size, Size];
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                map[row, column] = offset + (mask[row, column] ? scale : 0);
            }
        }

        return map;
    }

    private static DecidingPixels Pixels(bool[,] mask) => new(mask, Size, Size, Patch);

    private static bool[,] Mask(params (int Row, int Column)[] pixels)
    {
        var mask = new bool[Size, Size];
        foreach (var (row, column) in pixels)
        {
            mask[row, column] = true;
        }

        return mask;
    }

    private static bool[,] MaskOfPatch(int row, int column, int covered) =>
        Mask([.. Enumerable.Range(0, covered).Select(i => (row * Patch + i / Patch, column * Patch + i % Patch))]);

    private static double[,] RandomMap(Random random)
    {
        var map = new double[Size, Size];
        for (var i = 0; i < map.Length; i++)
        {
            map[i / Size, i % Size] = random.NextDouble() - 0.5;
        }

        return map;
    }
}
