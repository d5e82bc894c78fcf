using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

public sealed class ProgressDisplayTests
{
    [Fact]
    public void Shows_a_bar_as_wide_as_the_part_done()
    {
        var html = new ProgressDisplay("<Training>", 12, 48, "loss <1").ToHtml();
        Assert.Contains("width: 25%", html);
        Assert.Contains("&lt;Training&gt;", html);
        Assert.Contains("12/48 (25 %), loss &lt;1", html);
    }

    [Fact]
    public void Writes_one_line()
    {
        Assert.Equal("Training: 12/48 (25 %), loss 1.5", new ProgressDisplay("Training", 12, 48, "loss 1.5").ToString());
        Assert.Equal("Nothing: 0/0 (100 %)", new ProgressDisplay("Nothing", 0, 0, "").ToString());
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    [InlineData(0, -1)]
    public void Refuses_steps_outside_of_the_total(int done, int total) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProgressDisplay("Training", done, total, ""));
}
