using System.Collections;
using Microsoft.DotNet.Interactive.Formatting;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Display.Views;

public sealed class SequenceTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(150)]
    public void Nulls_are_shown_however_many_lead(int count)
    {
        var words = new string?[count];
        Assert.StartsWith("[ <null>, <null>, <null>", Shown.Text(words), StringComparison.Ordinal);
        Assert.Contains("&lt;null&gt;", Shown.Html(words), StringComparison.Ordinal);
    }

    [Fact]
    public void So_are_those_of_lazy_sequences_and_before_records()
    {
        Assert.StartsWith("[ <null>, <null>, <null>", Shown.Text(Enumerable.Repeat<Uri?>(null, 150)), StringComparison.Ordinal);
        Assert.StartsWith("[ <null>, <null>, <null>", Shown.Text(new List<int?>(new int?[150])), StringComparison.Ordinal);
        var late = Shown.Text(new Dog?[99].Append(new Dog()).ToList());
        Assert.Equal(101, late.Split('\n').Length);
        Assert.StartsWith("Name\n\n", late, StringComparison.Ordinal);
        Assert.EndsWith("\nRex", late, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_after_many_nulls_is_counted_and_seen_when_the_limit_reaches_it()
    {
        var words = new string?[200];
        words[120] = "zebra";
        Assert.EndsWith("... (100 more) ]", Shown.Text(words), StringComparison.Ordinal);
        Assert.Contains("zebra", Shown.Text(words[30..]), StringComparison.Ordinal);
        Assert.Contains("zebra", Shown.Html(words[30..]), StringComparison.Ordinal);
    }

    [Fact]
    public void Nulls_before_records_and_between_numbers_keep_their_place()
    {
        Assert.Equal("Row\n\n  1", Shown.Text(new[] { null, new { Row = 1 } }));
        Assert.Equal("[ 1, <null>, 3 ]", Shown.Text(new int?[] { 1, null, 3 }));
    }

    [Fact]
    public async Task A_lazy_sequence_runs_once_and_all_types_show_the_same()
    {
        using var session = new Session();
        await session.RunAsync("var count = 0; IEnumerable<int> Numbers() { count++; for (var i = 0; i < 3; i++) yield return i; }");
        Assert.Equal("[ 0, 1, 2 ]", await session.ValueAsync("Numbers()"));
        Assert.Equal("1", await session.ValueAsync("count"));
        await session.RunAsync("display(Numbers()); Numbers().Display(); display(Numbers(), \"application/json\", \"text/plain\");");
        Assert.Equal("4", await session.ValueAsync("count"));
    }

    [Fact]
    public void Random_rows_are_the_same_in_text_html_and_json()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 3).Select(i => new { Row = i, Value = random.Next(1000) });
        var data = MimeBundle.From(rows, "text/plain", "text/html", "application/json").Data;
        var numbers = data["application/json"].EnumerateArray().Select(row => row.GetProperty("Value").GetInt32()).ToList();
        Assert.All(numbers, number => Assert.Contains($"  {number,5}", data["text/plain"].GetString(), StringComparison.Ordinal));
        Assert.All(numbers, number => Assert.Contains($">{number}<", data["text/html"].GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_formatter_of_sequences_gets_the_items_that_the_text_has()
    {
        Formatter.Register<IEnumerable<Guid>>((ids, writer) => writer.Write(string.Join("|", ids)), "text/x-ids");
        var data = MimeBundle.From(Enumerable.Range(0, 2).Select(_ => Guid.NewGuid()), "text/x-ids", "text/plain").Data;
        Assert.Equal($"[ {data["text/x-ids"].GetString()!.Replace("|", ", ", StringComparison.Ordinal)} ]", data["text/plain"].GetString());
    }

    [Fact]
    public void The_limit_of_the_formatter_holds_for_lists_tables_and_lazy_sequences()
    {
        try
        {
            Formatter.ListExpansionLimit = 2;
            Assert.Equal("[ 1, 2 ... (3 more) ]", Shown.Text(new[] { 1, 2, 3, 4, 5 }));
            Assert.Equal("[ 0, 1 ... (more) ]", Shown.Text(Enumerable.Range(0, 9).Where(i => i < 5)));
            Assert.Equal("Row\n  0\n  1\n… and 7 more rows.", Shown.Text(Enumerable.Range(0, 9).Select(i => new { Row = i }).ToList()));
            Assert.Equal("[ 0, 1 ]", Shown.Text(Enumerable.Range(0, 2).Where(i => i < 5)));
        }
        finally
        {
            Formatter.ListExpansionLimit = MimeBundle.ItemsShown;
        }
    }

    [Fact]
    public void Lists_of_lists_and_of_different_things_are_shown_item_by_item()
    {
        Assert.Equal("List<int[]>\n  - [ 1, 2 ]\n  - [ ]", Shown.Text(new List<int[]> { new[] { 1, 2 }, Array.Empty<int>() }));
        Assert.Equal("object[]\n  - 1\n  - Dog\n        Name: Rex", Shown.Text(new object[] { 1, new Dog() }).ReplaceLineEndings("\n"));
        Assert.Contains("<td>1</td><td><details", Shown.Html(new object[] { 1, new Dog() }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_with_members_of_its_own_shows_both() =>
        Assert.Equal("Pack\n    Leader: Rex\n    (values): [ 1, 2 ]", Shown.Text(new Pack()));

    [Theory]
    [InlineData(typeof(Mirror))]
    [InlineData(typeof(Doubling))]
    [InlineData(typeof(Fresh))]
    public async Task What_enumerates_itself_ends_soon(Type type)
    {
        var value = Activator.CreateInstance(type);
        var html = await Task.Run(() => Shown.Html(value) + Shown.Text(value), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Contains("…", html, StringComparison.Ordinal);
        Assert.InRange(html.Length, 1, 1_000_000);
    }

    private sealed class Dog
    {
        public string Name { get; } = "Rex";
    }

    public sealed class Pack : IEnumerable<int>
    {
        public string Leader { get; } = "Rex";

        public IEnumerator<int> GetEnumerator() => Enumerable.Range(1, 2).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    public sealed class Mirror : IEnumerable<Mirror>
    {
        public IEnumerator<Mirror> GetEnumerator()
        {
            yield return this;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Two new ones in each: without an end, and twice as many at each level.</summary>
    public sealed class Doubling : IEnumerable<Doubling>
    {
        public IEnumerator<Doubling> GetEnumerator()
        {
            yield return new Doubling();
            yield return new Doubling();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Endlessly many new ones in each.</summary>
    public sealed class Fresh : IEnumerable<Fresh>
    {
        public IEnumerator<Fresh> GetEnumerator()
        {
            while (true)
            {
                yield return new Fresh();
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
