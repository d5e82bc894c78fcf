using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

public sealed class TableTests
{
    private sealed record Row(int Id, string? Text, IReadOnlyList<string> Answers);

    [Fact]
    public void Makes_a_column_of_each_property()
    {
        var table = Table.From([new Row(1, "<b>", ["yes", "no"]), new Row(2, null, [])]);
        Assert.Equal(["Id", "Text", "Answers"], table.Columns);
        var html = table.ToHtml();
        Assert.Contains("<td class=\"number\">1</td><td>&lt;b&gt;</td><td>yes, no</td>", html);
        Assert.Contains("<td class=\"number\">2</td><td></td><td></td>", html);
    }

    [Fact]
    public void Aligns_plain_text()
    {
        var table = new Table(["Name", "Score"], [["a", 1.5], ["longer", 10]]);
        Assert.Equal(["Name    Score", "a         1.5", "longer     10"], table.ToString().ReplaceLineEndings("\n").Split('\n'));
    }

    [Fact]
    public void Shows_text_and_numbers_in_one_column()
    {
        Assert.Equal(["Value"], Table.From(["a"]).Columns);
        Assert.Contains(">7</td>", Table.From([7]).ToHtml());
    }

    [Fact]
    public void Shows_the_first_hundred_rows_and_counts_the_others()
    {
        var table = Table.From(Enumerable.Range(0, 1234));
        Assert.Equal(101, table.ToHtml().Split("<tr>").Length - 1);
        Assert.Contains("and 1,134 more rows", table.ToHtml());
        Assert.Contains("and 1,134 more rows", table.ToString());
    }

    [Fact]
    public void Shows_that_there_are_no_rows()
    {
        Assert.Contains("No rows.", Table.From(Array.Empty<Row>()).ToHtml());
        Assert.Contains("No rows.", Table.From(Array.Empty<Row>()).ToString());
    }

    [Fact]
    public void Refuses_a_row_of_another_length()
    {
        var error = Assert.Throws<ArgumentException>(() => new Table(["a", "b"], [[1, 2], [3]]));
        Assert.Contains("Row 1 has 1 cells for 2 columns", error.Message);
    }

    [Fact]
    public void Refuses_to_show_nothing_of_each_row()
    {
        Assert.Throws<ArgumentException>(() => new Table([], []));
        Assert.Throws<ArgumentException>(() => Table.From([new object()]));
    }
}
