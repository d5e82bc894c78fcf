using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

/// <summary>What the scripts do is seen in a browser, by the tests of the notebooks.</summary>
public sealed partial class FigureHtmlTests
{
    [Fact]
    public void Shows_a_picture_until_the_figure_is_drawn()
    {
        var chart = new AnswerChart(("gray", 0.5));
        var html = chart.ToDisplayString("text/html");
        Assert.Contains($"<img src=\"data:image/png;base64,{Convert.ToBase64String(chart.ToPng())}\" alt=\"0.500  gray\">", html, StringComparison.Ordinal);
        Assert.Contains(chart.ToPlotlyJson().Replace("<", "\\u003c", StringComparison.Ordinal), html, StringComparison.Ordinal);
    }

    [Fact]
    public void All_but_a_little_is_in_the_part_that_a_notebook_needs_once()
    {
        var curve = new LossCurve([2, 1]);
        var html = curve.ToDisplayString("text/html");
        var library = Library().Match(html);
        Assert.InRange(library.Length, 1_000_000, 2_000_000);
        var figure = curve.ToPlotlyJson().Length + Convert.ToBase64String(curve.ToPng()).Length;
        Assert.InRange(html.Length - library.Length, figure, figure + 1000);
        Assert.Equal(library.Value, Library().Match(new AnswerChart(("a", 1)).ToDisplayString("text/html")).Value);
    }

    [Fact]
    public void A_label_can_not_end_the_script()
    {
        var trace = new Trace("scatter");
        trace.SetProperty("name", "</script><b>");
        var chart = GenericChart.ofTraceObject(true, trace);
        Assert.Contains("</script><b>", GenericChart.toFigureJson(chart), StringComparison.Ordinal);
        Assert.DoesNotContain("</script><b>", chart.ToDisplayString("text/html"), StringComparison.Ordinal);
    }

    [GeneratedRegex("""<script data-once="plotly\.js">.*?</script>""", RegexOptions.Singleline)]
    private static partial Regex Library();
}
