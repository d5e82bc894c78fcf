using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

public sealed class WordColorTests
{
    [Fact]
    public void Gives_captums_colors()
    {
        var cases = Goldens.Json("visuals", "cases.json")["word_colours"]!.AsArray();
        Assert.NotEmpty(cases);
        Assert.All(cases, golden => Assert.Equal((string?)golden!["colour"], WordColor.Of((double)golden["attribution"]!)));
    }

    [Fact]
    public void Refuses_what_is_not_a_number() => Assert.Throws<ArgumentException>(() => WordColor.Of(double.NaN));

    [Fact]
    public void Refuses_colors_that_it_does_not_know() => Assert.Throws<ArgumentOutOfRangeException>(() => WordColor.Of(1, (WordColors)9));
}
