using System.Text.Json;
using Plotly.NET;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Display;

public sealed class ChartOfPlotlyTests
{
    [Fact]
    public void A_chart_is_a_figure_and_a_page_that_needs_no_network()
    {
        var chart = GenericChart.ofTraceObject(true, new Trace("scatter"));
        var data = MimeBundle.From(chart).Data;
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], data.Keys.Order());
        Assert.Equal(JsonValueKind.Array, data["application/vnd.plotly.v1+json"].GetProperty("data").ValueKind);
        Assert.Contains("<script data-once=\"plotly.js\">", data["text/html"].GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", data["text/html"].GetString(), StringComparison.Ordinal);
        Assert.Equal("Plotly.NET chart", data["text/plain"].GetString());
    }
}
