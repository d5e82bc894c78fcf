using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

public sealed class AttributionNormalizationTests
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void Scales_pictures_as_captum_does()
    {
        var goldens = new GoldenHeatMaps();
        var cases = Goldens.Json("visuals", "cases.json")["heatmaps"]!.AsArray();
        Assert.NotEmpty(cases);
        foreach (var golden in cases)
        {
            var summed = AttributionNormalization.SumOverChannels(goldens.ChannelsFirst((string)golden!["attributions"]!));
            var sign = Enum.Parse<AttributionSign>(((string)golden["sign"]!).Replace("_", ""), ignoreCase: true);
            var actual = AttributionNormalization.Normalize(summed, sign, (double)golden["outlier_perc"]!).Values;
            AssertClose(goldens.ValuesOf((string)golden["result"]!), [.. actual.Cast<double>()]);
        }
    }

    [Fact]
    public void Scales_words_by_their_L2_norm_as_the_tutorial_does()
    {
        var golden = Goldens.Json("visuals", "cases.json")["word_l2"]!;
        float[] summed = [.. golden["attributions"]![0]!.AsArray().Select(word => word!.AsArray().Sum(value => (float)value!))];
        AssertClose([.. golden["normalised"]!.AsArray().Select(value => (double)value!)], AttributionNormalization.NormalizeWords(summed));
    }

    [Theory]
    [InlineData(AttributionSign.All)]
    [InlineData(AttributionSign.Positive)]
    [InlineData(AttributionSign.Negative)]
    [InlineData(AttributionSign.AbsoluteValue)]
    public void Does_not_depend_on_the_unit_of_the_attributions(AttributionSign sign)
    {
        double[,] attributions = { { 1, -2, 0.5 }, { -0.25, 3, 0 } };
        double[,] thousandfold = { { 1000, -2000, 500 }, { -250, 3000, 0 } };
        AssertClose(
            [.. AttributionNormalization.Normalize(attributions, sign).Values.Cast<double>()],
            [.. AttributionNormalization.Normalize(thousandfold, sign).Values.Cast<double>()]);
    }

    [Fact]
    public void Takes_single_precision_as_well()
    {
        var normalized = AttributionNormalization.Normalize(new[,] { { 1f, -2f }, { 0f, 4f } }, AttributionSign.All, 0);
        Assert.Equal(new[,] { { 0.25, -0.5 }, { 0, 1 } }, normalized.Values);
        Assert.Equal(4, normalized.Threshold);
        Assert.Null(normalized.Warning);
    }

    [Fact]
    public void Does_not_change_its_input()
    {
        double[,] attributions = { { 1, -2 } };
        AttributionNormalization.Normalize(attributions, AttributionSign.All);
        Assert.Equal(new[,] { { 1.0, -2.0 } }, attributions);
    }

    [Fact]
    public void Refuses_attributions_that_are_all_zero()
    {
        var error = Assert.Throws<ArgumentException>(() => AttributionNormalization.Normalize(new double[2, 2]));
        Assert.Contains("all those shown for AbsoluteValue are 0", error.Message);
        Assert.Throws<ArgumentException>(() => AttributionNormalization.Normalize(new[,] { { -1.0, -2.0 } }, AttributionSign.Positive));
    }

    [Fact]
    public void Warns_of_attributions_that_are_almost_zero()
    {
        var normalized = AttributionNormalization.Normalize(new[,] { { 9e-6, 1e-7 } });
        Assert.Contains("close to 0", normalized.Warning);
        Assert.Equal(1, normalized.Values[0, 0]);
    }

    [Fact]
    public void Names_the_place_of_a_value_that_is_not_a_number()
    {
        double[,] picture = { { 1, 2 }, { 3, double.NaN } };
        float[] words = [1, float.NaN];
        Assert.Contains("row 1, column 1", Assert.Throws<ArgumentException>(() => AttributionNormalization.Normalize(picture)).Message);
        Assert.Contains("token 1", Assert.Throws<ArgumentException>(() => AttributionNormalization.NormalizeWords(words)).Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    [InlineData(double.NaN)]
    public void Refuses_an_outlier_percentage_outside_of_0_to_100(double percentage) => Assert.Throws<ArgumentOutOfRangeException>(
        () => AttributionNormalization.Normalize(new[,] { { 1.0 } }, outlierPercentage: percentage));

    [Fact]
    public void Refuses_an_empty_picture() => Assert.Throws<ArgumentException>(() => AttributionNormalization.Normalize(new double[0, 3]));

    [Fact]
    public void Leaves_words_without_attribution_neutral() =>
        Assert.Equal([0, 0, 0], AttributionNormalization.NormalizeWords(new float[3]));

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - Tolerance, pair.First + Tolerance));
    }
}
