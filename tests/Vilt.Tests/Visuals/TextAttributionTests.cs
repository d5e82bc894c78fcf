using System.Net;
using System.Text.RegularExpressions;
using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

public sealed class TextAttributionTests
{
    [Fact]
    public void Shows_captums_columns_and_legend()
    {
        var html = new TextAttributionTable(Record()).ToHtml();
        string[] inOrder =
        [
            "Legend", WordColor.Of(-1), "Negative", WordColor.Of(0), "Neutral", WordColor.Of(1), "Positive",
            "<th>True Label</th>", "<th>Predicted Label</th>", "<th>Attribution Label</th>", "<th>Attribution Score</th>",
            "<th>Word Importance</th>",
            ">gray</td>", ">white (0.88)</td>", ">brown</td>", ">-1.50</td>", ">what</mark>",
        ];
        var position = 0;
        foreach (var part in inOrder)
        {
            var found = html.IndexOf(part, position, StringComparison.Ordinal);
            Assert.True(found >= 0, $"{part} is missing or out of order");
            position = found;
        }
    }

    [Fact]
    public void Colors_each_word_by_its_attribution()
    {
        var record = Record();
        var html = record.ToHtml();
        foreach (var (token, attribution) in record.Tokens.Zip(record.WordAttributions))
        {
            Assert.Matches($"<mark[^>]*{Regex.Escape(WordColor.Of(attribution))}[^>]*>{Regex.Escape(token)}</mark>", html);
        }
    }

    [Fact]
    public void Tells_the_sign_without_color_too()
    {
        var html = new TextAttributionRecord([0.75, -0.25, 0.01, -0.01], 1, "a", "b", "c", 1, ["for", "against", "nothing", "none"], 0).ToHtml();
        Assert.Matches("<mark class=\"vilt-for\"[^>]*>for</mark>", html);
        Assert.Matches("<mark class=\"vilt-against\"[^>]*>against</mark>", html);
        Assert.Matches("<mark style=[^>]*>nothing</mark>", html);
        Assert.Matches("<mark style=[^>]*>none</mark>", html);
        Assert.Contains("<span class=\"vilt-for\">Positive</span>", html);
        Assert.Contains("<span class=\"vilt-against\">Negative</span>", html);
    }

    [Fact]
    public void Writes_padding_in_a_row_once_with_the_sum_of_its_attributions()
    {
        string[] tokens = ["[CLS]", "what", "[PAD]", "[PAD]", "[PAD]"];
        var html = new TextAttributionRecord([0, 0.5, 0.25, 0.25, 0.125], 1, "a", "b", "c", 1, tokens, 0).ToHtml();
        Assert.Equal(3, html.Split("</mark>").Length - 1);
        Assert.Contains("class=\"vilt-pad vilt-for\"", html);
        Assert.Contains("title=\"0.625\">3 × [PAD]</mark>", WebUtility.HtmlDecode(html));
    }

    [Fact]
    public void Takes_blue_and_orange_on_request()
    {
        var html = new TextAttributionTable(Record()) { Colors = WordColors.BlueAndOrange }.ToHtml();
        Assert.Contains("hsl(210, 75%, 63%)", html);
        Assert.Contains("hsl(30, 75%, 90%)", html);
        Assert.DoesNotContain("hsl(120,", html);
        Assert.DoesNotContain("hsl(0,", html);
    }

    [Fact]
    public void Escapes_every_text()
    {
        const string evil = "<script>alert('\"&')</script>";
        var html = new TextAttributionRecord([0.5], 0.5, evil, evil, evil, 1, [evil], 0).ToHtml();
        Assert.DoesNotContain("<script", html);
        Assert.Equal(4, html.Split("&lt;script&gt;").Length - 1);
    }

    [Fact]
    public void Has_one_row_for_each_record()
    {
        Assert.Equal(3, new TextAttributionTable(Record(), Record(), Record()).ToHtml().Split("<td class=\"vilt-sentence\">").Length - 1);
        Assert.Contains("No records.", new TextAttributionTable().ToHtml());
        Assert.Equal("No records.", new TextAttributionTable().ToString());
    }

    [Fact]
    public void Writes_labels_and_words_as_plain_text()
    {
        var text = Record().ToString();
        Assert.Contains("true label: gray, predicted: white (0.88), attributed: brown, score -1.50, convergence delta 0.0123", text);
        Assert.Contains("what +0.75  animal -0.25", text);
        Assert.DoesNotContain("[PAD]", text);
    }

    [Fact]
    public void Refuses_another_number_of_attributions_than_tokens()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new TextAttributionRecord([1, 2], 1, "a", "a", "a", 0, ["one", "two", "three"], 0));
        Assert.Contains("2 attributions for 3 tokens", error.Message);
    }

    [Fact]
    public void Names_the_token_whose_attribution_is_not_a_number()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new TextAttributionRecord([1, double.NaN], 1, "a", "a", "a", 0, ["one", "two"], 0));
        Assert.Contains("\"two\"", error.Message);
    }

    private static TextAttributionRecord Record() =>
        new([0.75, -0.25, 0], 0.876, "white", "gray", "brown", -1.5, ["what", "animal", "[PAD]"], 0.01234);
}
