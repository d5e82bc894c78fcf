namespace Vilt.Kernel.Tests.Display.Views;

public sealed class MemberTests
{
    [Fact]
    public void Fields_stand_beside_properties_in_tables()
    {
        Assert.Equal("Name   Legs\nzebra     4\nstork     2", Shown.Text(new[] { new Animal { Name = "zebra", Legs = 4 }, new Animal { Name = "stork", Legs = 2 } }));
        Assert.Equal("X  Y  Length\n3  4       5", Shown.Text(new List<Point> { new() { X = 3, Y = 4 } }));
        Assert.Equal("A  B\n1  x", Shown.Text(new[] { new OnlyFields() }));
    }

    [Fact]
    public void So_do_inherited_fields_and_those_of_records_and_rows_that_are_made_on_the_way()
    {
        Assert.Equal("A  B  Stripes\n1  x       40", Shown.Text(new[] { new Derived { Stripes = 40 } }));
        Assert.Equal("Weight  Name\n   300  zebra", Shown.Text(new[] { new Weighed("zebra") { Weight = 300 } }));
        Assert.Equal("X  Y  Length\n3  4       5", Shown.Text(Enumerable.Repeat(new Point { X = 3, Y = 4 }, 1).Where(point => point.X > 0)));
    }

    [Fact]
    public void A_single_object_is_a_tree_of_fields_and_properties()
    {
        Assert.Equal("Animal\n    Name: zebra\n    Legs: 4", Shown.Text(new Animal { Name = "zebra", Legs = 4 }));
        Assert.Contains("<td>Name</td>", Shown.Html(new Animal()), StringComparison.Ordinal);
        Assert.Contains("<td>Legs</td>", Shown.Html(new Animal()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_throws_spoils_its_cell_alone()
    {
        using var session = new Session();
        await session.RunAsync("""
            class Odd { public int Number { get; set; } public override string ToString() => throw new InvalidOperationException("no text"); }
            class Holder { public string Name { get; set; } public Odd Odd { get; set; } }
            """);
        Assert.Equal(
            "Name  Odd\na     InvalidOperationException: no text\nb",
            await session.ValueAsync("new[] { new Holder { Name = \"a\", Odd = new Odd { Number = 1 } }, new Holder { Name = \"b\" } }"));
        Assert.Equal("Odd\n    Number: 7", await session.ValueAsync("new Odd { Number = 7 }"));
        Assert.Equal(
            "Key  Value\na    InvalidOperationException: no text\nb    InvalidOperationException: no text",
            await session.ValueAsync("new Dictionary<string, Odd> { [\"a\"] = new(), [\"b\"] = new() }"));
        Assert.Equal("Item1  Item2\n    1  InvalidOperationException: no text", await session.ValueAsync("new[] { (1, new Odd()) }"));
    }

    [Fact]
    public void A_list_that_fails_on_the_way_spoils_its_cell_alone()
    {
        static IEnumerable<int> Failing()
        {
            yield return 1;
            throw new InvalidOperationException("no more");
        }

        Assert.Equal("Name  Numbers\na     InvalidOperationException: no more", Shown.Text(new[] { new { Name = "a", Numbers = Failing() } }));
    }

    [Fact]
    public void A_getter_or_a_message_that_throws_spoils_its_line_alone()
    {
        Assert.Equal("Broken\n    Good: 1\n    Bad: Silent\n    Worse: InvalidOperationException: no", Shown.Text(new Broken()));
        Assert.Contains("InvalidOperationException: no", Shown.Html(new[] { new Broken() }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_that_hold_one_another_end()
    {
        using var session = new Session();
        await session.RunAsync("""
            record Person(string Name) { public Person Friend { get; set; } }
            var ann = new Person("Ann"); var bob = new Person("Bob"); ann.Friend = bob; bob.Friend = ann;
            """);
        var table = await session.ValueAsync("new[] { ann, bob }");
        Assert.StartsWith("Name  Friend\nAnn   Person { Name = Bob, Friend = Person { Name = Ann,", table, StringComparison.Ordinal);
        Assert.Equal("Person\n    Name: Ann\n    Friend: Person\n        Name: Bob\n        Friend: Person …", await session.ValueAsync("ann"));
    }

    [Fact]
    public void Chains_and_trees_end_at_a_depth()
    {
        var chain = new Link();
        for (var i = 0; i < 100_000; i++)
        {
            chain = new Link { Next = chain };
        }

        Assert.InRange(Shown.Text(chain).Split('\n').Length, 3, 10);
        Assert.InRange(Shown.Text(new Branch()).Length, 1, 500_000);
    }

    [Fact]
    public void A_table_of_many_columns_says_how_many_are_left_out()
    {
        var wide = new[] { Enumerable.Range(0, 130).ToDictionary(i => $"c{i}", i => i) };
        Assert.EndsWith("… and 30 more columns.", Shown.Text(wide), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_a_formatter_is_shown_by_it_within_tables_and_trees()
    {
        Microsoft.DotNet.Interactive.Formatting.Formatter.Register<Badge>(_ => "<b>badge</b>", "text/html");
        Assert.Contains("<td><b>badge</b></td>", Shown.Html(new[] { new { Badge = new Badge() } }), StringComparison.Ordinal);
        Assert.Contains("<td>Badge</td><td><b>badge</b></td>", Shown.Html(new { Badge = new Badge() }), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_the_framework_are_their_text_and_objects_without_one_their_type()
    {
        Assert.Equal("http://a/b", Shown.Text(new Uri("http://a/b")));
        Assert.Equal("abc", Shown.Text(new System.Text.StringBuilder("abc")));
        Assert.Equal("01/02/2003", Shown.Text(new DateOnly(2003, 1, 2)));
        Assert.Equal("Animal  Uri\nAnimal  http://a/b", Shown.Text(new[] { new { Animal = new Animal(), Uri = new Uri("http://a/b") } }));
    }

    private sealed class Animal
    {
        public string? Name;

        public int Legs { get; set; }
    }

    private struct Point
    {
        public double X, Y;

        public readonly double Length => Math.Sqrt((X * X) + (Y * Y));
    }

    private class OnlyFields
    {
        public int A = 1;
        public string B = "x";
    }

    private sealed class Derived : OnlyFields
    {
        public int Stripes { get; set; }
    }

    private sealed record Weighed(string Name)
    {
        public double Weight;
    }

    private sealed class Silent : Exception
    {
        public override string Message => throw new InvalidOperationException();
    }

    private sealed class Broken
    {
        public int Good { get; } = 1;

        public int Bad => Good > 0 ? throw new Silent() : 0;

        public int Worse => Good > 0 ? throw new InvalidOperationException("no") : 0;
    }

    private sealed class Link
    {
        public Link? Next { get; init; }
    }

    private sealed class Branch
    {
        private readonly int depth;

        public Branch(int depth = 0) => this.depth = depth;

        public Branch Left => new(depth + 1);

        public Branch Right => new(depth + 1);
    }

    private sealed class Badge;
}
