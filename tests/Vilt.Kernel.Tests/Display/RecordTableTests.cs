using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Display;

public sealed class RecordTableTests
{
    private static readonly (string, int)[] Pair = [("a", 1), ("b", 2)];

    [Fact]
    public void Records_become_a_table_with_a_column_for_each_property()
    {
        var data = MimeBundle.From(new[] { new { Name = "zebra <1>", Score = 0.5 }, new { Name = "elephant", Score = 12.25 } }).Data;
        var html = data["text/html"].GetString()!;
        Assert.Contains("<tr><th>Name</th><th class=\"number\">Score</th></tr>", html, StringComparison.Ordinal);
        Assert.Contains("<tr><td>zebra &lt;1&gt;</td><td class=\"number\">0.5</td></tr>", html, StringComparison.Ordinal);
        Assert.Equal("Name       Score\nzebra <1>    0.5\nelephant   12.25", data["text/plain"].GetString());
    }

    [Fact]
    public void Dictionaries_tuples_pairs_and_expandos_are_records_too()
    {
        dynamic expando = new System.Dynamic.ExpandoObject();
        expando.Color = "gray";
        Assert.Equal("Item1  Item2\na          1\nb          2", Plain(Pair));
        Assert.Equal("Key  Value\na        1", Plain(new Dictionary<string, int> { ["a"] = 1 }));
        Assert.Equal("a  b\n1\n   2", Plain(new[] { new Dictionary<string, int> { ["a"] = 1 }, new Dictionary<string, int> { ["b"] = 2 } }));
        Assert.Equal("Color\ngray", Plain(new object[] { expando }));
    }

    [Fact]
    public void Only_the_first_rows_are_shown_with_a_note_of_the_others()
    {
        var many = Enumerable.Range(0, 1234).Select(i => new { Row = i }).ToList();
        Assert.EndsWith("\n 99\n… and 1,134 more rows.", Plain(many), StringComparison.Ordinal);
        Assert.Contains("<div class=\"more\">… and 1,134 more rows.</div>", MimeBundle.From(many).Data["text/html"].GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("more", Plain(many.Take(100).ToList()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_sequence_is_shown_as_far_as_it_goes_into_a_table()
    {
        static IEnumerable<object> Endless()
        {
            for (var i = 0; ; i++)
            {
                yield return new { Row = i };
            }
        }

        Assert.EndsWith("\n 99\n… and more rows.", Plain(Endless()), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_plain_values_and_of_types_with_a_formatter_stay_with_their_formatter()
    {
        foreach (var value in new object[] { new[] { 1, 2 }, new[] { "a" }, new[] { DateTime.UnixEpoch }, new[] { new Painted() } })
        {
            Assert.DoesNotContain("class=\"records\"", MimeBundle.From(value).Data["text/html"].GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_registered_formatter_of_the_list_comes_first()
    {
        Microsoft.DotNet.Interactive.Formatting.Formatter.Register<Herd>(_ => "<b>herd</b>", "text/html");
        var data = MimeBundle.From(new Herd { new() }).Data;
        Assert.Equal("<b>herd</b>", data["text/html"].GetString());
        Assert.Equal("Name\nDumbo", data["text/plain"].GetString());
    }

    [Fact]
    public void A_property_that_throws_spoils_its_cell_alone() =>
        Assert.Equal("Good  Bad\n   1  InvalidOperationException: no", Plain(new[] { new Broken() }));

    [Fact]
    public void A_list_within_itself_ends()
    {
        List<object> list = [];
        list.Add(list);
        Assert.Equal("Cell\n…", Plain(new[] { new { Cell = list } }));
        Assert.Equal("Cell\n0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …", Plain(new[] { new { Cell = Enumerable.Range(0, 11) } }));
    }

    [Fact]
    public void Long_text_is_cut_in_plain_text_only()
    {
        var data = MimeBundle.From(new[] { new { Text = new string('x', 70) } }).Data;
        Assert.Equal("Text\n" + new string('x', 59) + "…", data["text/plain"].GetString());
        Assert.Contains(new string('x', 70), data["text/html"].GetString(), StringComparison.Ordinal);
    }

    private static string Plain(object value) => Session.Text(MimeBundle.From(value));

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute : Attribute;

    [TypeFormatterSource]
    private sealed class Painted
    {
        public int Property { get; } = 1;
    }

    private sealed class Herd : List<Animal>;

    private sealed class Animal
    {
        public string Name { get; } = "Dumbo";
    }

    private sealed class Broken
    {
        public int Good { get; } = 1;

        public int Bad => Good > 0 ? throw new InvalidOperationException("no") : 0;
    }
}
