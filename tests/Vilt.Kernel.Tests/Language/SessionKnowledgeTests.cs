using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Language;

/// <summary>What completion and hover know of the cells that ran.</summary>
public sealed class SessionKnowledgeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("language").FullName;
    private readonly Session session;

    public SessionKnowledgeTests() => session = new Session(folder);

    public void Dispose()
    {
        session.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("var count = 3;", "cou|", "count")]
    [InlineData("var list = new List<int>();", "list.AddR|", "AddRange")]
    [InlineData("var (left, right) = (1, \"x\");", "right.Subst|", "Substring")]
    [InlineData("int.TryParse(\"3\", out var parsed);", "parsed.CompareT|", "CompareTo")]
    [InlineData("var item = new { Name = \"zebra\", Legs = 4 };", "item.Nam|", "Name")]
    [InlineData("var items = new[] { new { Name = \"zebra\" } };", "items[0].Nam|", "Name")]
    [InlineData("record Animal(string Species);\nvar zebra = new Animal(\"z\");", "zebra.Spec|", "Species")]
    [InlineData("record Animal(string Species);\nvar herd = new Dictionary<string, Animal[]>();", "herd[\"\"][0].Spec|", "Species")]
    [InlineData("class Box<T> { public T Content; }\nvar box = new Box<Box<string>>();", "box.Content.Content.Subst|", "Substring")]
    [InlineData("int Twice(int a) => 2 * a;", "Twi|", "Twice")]
    [InlineData("int Area => 4;", "Area.CompareT|", "CompareTo")]
    [InlineData("enum Color { Red, Green }", "Color.Gre|", "Green")]
    [InlineData("delegate string Say(int x);\nSay say = x => \"\";", "say(1).Subst|", "Substring")]
    [InlineData("static int Half(this int a) => a / 2;", "4.Hal|", "Half")]
    [InlineData("using System.Globalization;", "CultureIn|", "CultureInfo")]
    [InlineData("using static System.Math;", "Atan|", "Atan2")]
    [InlineData("using Text = System.Text.StringBuilder;", "new Text().AppendL|", "AppendLine")]
    [InlineData("var @class = \"x\";", "@class.Subst|", "Substring")]
    [InlineData("#region setup\nint InRegion() => 1;\n#endregion\nvar after = 1;", "InReg|", "InRegion")]
    [InlineData("dynamic d = 1;\nint? maybe = 3;", "maybe.HasV|", "HasValue")]
    public async Task Knows_what_an_earlier_cell_declared(string cell, string marked, string expected)
    {
        Assert.Empty((await session.RunAsync(cell)).OfType<CellError>());
        await session.RunAsync("var unrelated = 1;");
        Assert.Contains(expected, await TextsAsync(marked));
    }

    [Fact]
    public async Task The_latest_declaration_wins()
    {
        await session.RunAsync("var x = 1;\nint F(int a) => a;\nclass Animal { public int Old; }");
        await TextsAsync("x.|");
        await session.RunAsync("var x = \"text\";\nstring F(int a) => \"\";\nint F(string a) => 1;\nclass Animal { public int New; }");
        Assert.Contains("Substring", await TextsAsync("x.Subs|"));
        Assert.Contains("Substring", await TextsAsync("F(1).Subs|"));
        Assert.Contains("CompareTo", await TextsAsync("F(\"\").CompareT|"));
        var members = await TextsAsync("new Animal().|");
        Assert.Contains("New", members);
        Assert.DoesNotContain("Old", members);
    }

    [Fact]
    public async Task A_variable_can_take_a_methods_name_and_back()
    {
        await session.RunAsync("int F() => 1;");
        await session.RunAsync("var F = \"text\";");
        Assert.Contains("Substring", await TextsAsync("F.Subs|"));
        await session.RunAsync("int F(int a) => 1;");
        Assert.Contains("CompareTo", await TextsAsync("F(1).CompareT|"));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_is_forgotten_and_one_that_throws_is_not()
    {
        await session.RunAsync("var lost = 1 +;");
        await session.RunAsync("var kept = 1;\nthrow new Exception();");
        Assert.DoesNotContain("lost", await TextsAsync("lo|"));
        Assert.Contains("kept", await TextsAsync("ke|"));
    }

    [Fact]
    public async Task Answers_while_a_cell_runs_and_knows_what_it_declares()
    {
        var path = Path.Combine(folder, "go");
        await session.RunAsync("var before = 1;");
        var running = session.RunAsync(
            $"Console.WriteLine();\nwhile (!System.IO.File.Exists(@\"{path}\")) {{ System.Threading.Thread.Sleep(1); }}\nvar after = 1;");
        await session.AwaitOutputAsync();
        Assert.Contains("before", await TextsAsync("befo|"));
        Assert.Contains("int before", await HoverAsync("bef|ore"), StringComparison.Ordinal);
        Assert.Contains("after", await TextsAsync("aft|"));
        Assert.False(running.IsCompleted);
        File.WriteAllText(path, "");
        await running;
    }

    [Fact]
    public async Task Knows_a_referenced_library_with_its_documentation()
    {
        var name = "Zoo" + Guid.NewGuid().ToString("N");
        TestAssembly.Emit(
            Path.Combine(folder, "lib"), name,
            $"namespace {name};\n/// <summary>Feeds the animals.</summary>\npublic class Keeper {{ /// <summary>How often.</summary>\npublic int Meals => 3; }}");
        Assert.DoesNotContain(name, await TextsAsync("Zoo|"));
        Assert.Contains("Keeper", await TextsAsync($"#r \"lib/{name}.dll\"\nnew {name}.Kee|"));
        Assert.Empty(await session.RunAsync($"#r \"lib/{name}.dll\"\nusing {name};"));
        Assert.Contains("Feeds the animals.", await HoverAsync("Kee|per k;"), StringComparison.Ordinal);
        Assert.Contains("How often.", await HoverAsync("new Keeper().Mea|ls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completes_paths_of_libraries_from_the_notebooks_folder()
    {
        TestAssembly.Emit(Path.Combine(folder, "lib"), "Some", "public class A { }");
        Assert.Contains("lib", await TextsAsync("#r \"|\""));
        Assert.Contains("Some.dll", await TextsAsync("#r \"lib/|\""));
    }

    [Fact]
    public async Task Documentation_of_a_cells_own_method_is_shown()
    {
        await session.RunAsync("/// <summary>Doubles a number.</summary>\nint Twice(int a) => 2 * a;");
        Assert.Contains("Doubles a number.", await HoverAsync("Twi|ce(1)"), StringComparison.Ordinal);
    }

    private async Task<IEnumerable<string>> TextsAsync(string marked)
    {
        var (code, position) = MarkedCode.From(marked);
        return (await session.Language.CompleteAsync(code, position, TestContext.Current.CancellationToken)).Items.Select(item => item.Text);
    }

    private async Task<string> HoverAsync(string marked)
    {
        var (code, position) = MarkedCode.From(marked);
        return Session.Text((await session.Language.InspectAsync(code, position, 0, TestContext.Current.CancellationToken))!);
    }
}
