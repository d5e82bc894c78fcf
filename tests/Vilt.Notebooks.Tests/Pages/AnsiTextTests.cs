using Vilt.Notebooks.Pages;

namespace Vilt.Notebooks.Tests.Pages;

public sealed class AnsiTextTests
{
    [Theory]
    [InlineData("a < b & c", "a &lt; b &amp; c")]
    [InlineData("\u001b[31mred\u001b[0m plain", "<span class=\"ansi-red\">red</span> plain")]
    [InlineData("\u001b[1;92mx\u001b[39my\u001b[22mz", "<span class=\"ansi-green ansi-bold\">x</span><span class=\"ansi-bold\">y</span>z")]
    [InlineData("\u001b[2K\u001b[1Ax\u001b]0;title\u0007y", "xy")]
    [InlineData("\u001b[38;5;208ma\u001b[0m\u001b[1;38;5;31mb", "<span style=\"color:rgb(255,135,0)\">a</span><span class=\"ansi-bold\" style=\"color:rgb(0,135,175)\">b</span>")]
    [InlineData("\u001b[38;2;10;200;31ma\u001b[0mb", "<span style=\"color:rgb(10,200,31)\">a</span>b")]
    [InlineData("\u001b[48;5;9ma\u001b[49m\u001b[48;2;1;2;3mb", "<span class=\"ansi-red-bg\">a</span><span style=\"background-color:rgb(1,2,3)\">b</span>")]
    [InlineData("\u001b[41ma\u001b[0m\u001b[4mb\u001b[24mc", "<span class=\"ansi-red-bg\">a</span><span class=\"ansi-underline\">b</span>c")]
    [InlineData("\u001b[38;5;244ma\u001b[38;2;1;2mb\u001b[38;9;31mc", "<span style=\"color:rgb(128,128,128)\">ab</span><span class=\"ansi-red\">c</span>")]
    [InlineData("\u001b[31;107ma\u001b[7mb", "<span class=\"ansi-red ansi-white-bg\">a</span><span class=\"ansi-white ansi-red-bg\">b</span>")]
    [InlineData("|\b/\b-\bdone", "done")]
    [InlineData("12345\b\bX", "123X5")]
    [InlineData("100%\r5%\u001b[K", "5%")]
    [InlineData("a\ab\0c\u001b", "abc")]
    [InlineData("😀\rx", "x")]
    [InlineData("10 %\r50 %\r100 %\nnext", "100 %\nnext")]
    [InlineData("one\r\ntwo\r\n", "one\ntwo\n")]
    public void Escapes_colors_and_overwrites(string text, string html) => Assert.Equal(html, AnsiText.ToHtml(text));

    [Fact]
    public void Half_a_character_is_shown_as_such() => Assert.Equal("\ufffd half \ufffd", AnsiText.ToHtml("\ud83d half \udc00"));

    [Fact]
    public void Takes_time_in_proportion_to_the_text()
    {
        // Ten million characters that a pattern could begin at: hours if the time were quadratic.
        var text = string.Concat(Enumerable.Repeat("!\u001b[9", 3_000_000)) + new string('x', 1_000_000) + "\r";
        Assert.InRange(AnsiText.ToHtml(text).Length, 9_000_000, 11_000_000);
    }
}
