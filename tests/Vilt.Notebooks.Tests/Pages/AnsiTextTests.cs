using Vilt.Notebooks.Pages;

namespace Vilt.Notebooks.Tests.Pages;

public sealed class AnsiTextTests
{
    [Theory]
    [InlineData("a < b & c", "a &lt; b &amp; c")]
    [InlineData("\u001b[31mred\u001b[0m plain", "<span class=\"ansi-red\">red</span> plain")]
    [InlineData("\u001b[1;92mx\u001b[39my\u001b[22mz", "<span class=\"ansi-bold ansi-green\">x</span><span class=\"ansi-bold\">y</span>z")]
    [InlineData("\u001b[2K\u001b[1Ax\u001b]0;title\u0007y", "xy")]
    [InlineData("10 %\r50 %\r100 %\nnext", "100 %\nnext")]
    [InlineData("one\r\ntwo\r\n", "one\ntwo\n")]
    public void Escapes_colors_and_overwrites(string text, string html) => Assert.Equal(html, AnsiText.ToHtml(text));
}
