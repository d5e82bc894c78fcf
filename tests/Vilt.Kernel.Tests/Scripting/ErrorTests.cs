using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Scripting;

public sealed class ErrorTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task A_compiler_error_names_cell_line_and_column_and_points_at_the_place()
    {
        await session.RunAsync("var x = 1;");
        var error = await session.RunAsync<CellError>("x++;\n\tvar y = missing + 1;");
        Assert.Equal("CS0103", error.Name);
        Assert.Equal(2, error.Line);
        Assert.Equal(
            [
                "cell 2, line 2, column 10: error CS0103: The name 'missing' does not exist in the current context",
                "    \tvar y = missing + 1;",
                "    \t        ^",
            ],
            error.Traceback);
    }

    /// <summary>Roslyn's scripts fail on this deconstruction. Should a later Roslyn not, another defect of its has to stand here.</summary>
    [Fact]
    public async Task A_defect_of_the_compiler_is_told_as_one_and_the_next_cell_runs()
    {
        await session.RunAsync("var x = 1;");
        var error = await session.RunAsync<CellError>("var (a, b) = x switch { 1 => (1, 2), _ => (3, 4) };");
        Assert.Equal("NullReferenceException", error.Name);
        Assert.Equal($"cell 2: {error.Message}", Assert.Single(error.Traceback));
        Assert.StartsWith("The C# compiler failed on this cell, by a defect of its own", error.Message, StringComparison.Ordinal);
        Assert.Empty(await session.RunAsync("x++;"));
    }

    [Theory]
    [InlineData("async Task Go() => await Task.Yield();\nGo();", "cell 1, line 2, column 1: warning CS4014: Because this call is not awaited")]
    [InlineData("async Task Go() => await Task.Yield();\nvoid All() { Task.Run(() => 1); }\nAll();\n\nGo();", "cell 1, line 5, column 1: warning CS4014")]
    [InlineData("[Obsolete(\"Use New.\")] void Old() { }\nOld();", "cell 1, line 2, column 1: warning CS0618: 'Old()' is obsolete: 'Use New.'")]
    [InlineData("var x = false;\nif (x = true) { }", "cell 1, line 2, column 5: warning CS0665")]
    [InlineData("object a = \"x\";\nvar same = a == \"x\";", "cell 1, line 2, column 12: warning CS0252")]
    public async Task Warnings_of_mistakes_are_told_in_a_line(string code, string warning)
    {
        var stream = await session.RunAsync<StreamOutput>(code);
        Assert.Equal("stderr", stream.Name);
        Assert.StartsWith(warning, stream.Text, StringComparison.Ordinal);
        Assert.Single(stream.Text.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("int unused = 3;\nvoid F() { int other = 4; }")]
    [InlineData("string F(string s) { if (s != null) return s; return null; while (true) { } }")]
    [InlineData("async Task Go() { }\nawait Go();")]
    [InlineData("[Obsolete] void Old() { }\nOld();")]
    [InlineData("class A { int field; public override bool Equals(object o) => true; }")]
    public async Task Other_warnings_are_not(string code) => Assert.Empty(await session.RunAsync(code));

    [Fact]
    public async Task Many_warnings_are_cut()
    {
        var stream = await session.RunAsync<StreamOutput>("async Task Go() => await Task.Yield();\n" + string.Concat(Enumerable.Repeat("Go();\n", 10)));
        Assert.Equal(4, stream.Text.TrimEnd().Split('\n').Length);
        Assert.EndsWith("… and 7 more warnings\n", stream.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("namespace A { class B { } }", "CS7021", "without one")]
    [InlineData("namespace A;\nclass B { }", "CS7021", "without one")]
    [InlineData("static class E { extension(string s) { public int Twice => s.Length * 2; } }", "CS9283", "static int Twice(this string text)")]
    [InlineData("static class E { public static int Twice(this string s) => s.Length * 2; }", "CS1109", "static int Twice(this string text)")]
    [InlineData("using var x = new System.IO.MemoryStream();\nx.Length", "CS1002", "using (var x = …)")]
    [InlineData("var y = 1;\nawait using var x = new System.IO.MemoryStream();", null, "using")]
    [InlineData("using System.IO.MemoryStream x = new();", "CS1002", "using (var x = …)")]
    [InlineData("file class Q { }", "CS9054", "leave out the word file")]
    [InlineData("using Newtonsoft.Json;\nJsonConvert.SerializeObject(1)", "CS0246", "#r \"nuget: Newtonsoft.Json\"")]
    [InlineData("Newtonsoft.Json.Linq.JObject.Parse(\"{}\")", "CS0103", "#r \"nuget: Newtonsoft.Json\"")]
    [InlineData("using Microsoft.DotNet.Interactive.Commands;", "CS0234", "is part of .NET Interactive's host")]
    [InlineData("Microsoft.DotNet.Interactive.KernelInvocationContext.Current", "CS0234", "Write display(x)")]
    [InlineData("KernelInvocationContext.Current.Display(1);", "CS0103", "Write display(x)")]
    [InlineData("await Kernel.GetInputAsync()", "CS0103", "GetInputAsync without Kernel")]
    [InlineData("Kernel.Root.ChildKernels", "CS0103", "#!import runs a file")]
    public async Task What_a_cell_can_t_hold_is_told_with_what_to_write_instead(string code, string? id, string hint)
    {
        var error = await session.RunAsync<CellError>(code);
        Assert.Equal(id ?? error.Name, error.Name);
        Assert.Contains(hint, error.Traceback[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_hints_work() => Assert.Equal(
        "14", await session.ValueAsync("static int Twice(this string text) => text.Length * 2;\nusing (var x = new System.IO.MemoryStream()) { }\n"
            + "{ using var y = new System.IO.MemoryStream(); }\n\"zebra\".Twice() + 4"));

    [Fact]
    public async Task An_exception_is_told_by_the_places_in_cells()
    {
        await session.RunAsync("int Divide(int a)\n{\n    return 10 / a;\n}");
        var error = await session.RunAsync<CellError>("var zero = 0;\nDivide(zero)");
        Assert.Equal(("DivideByZeroException", "Attempted to divide by zero.", 2), (error.Name, error.Message, error.Line));
        Assert.Equal(
            [
                "System.DivideByZeroException: Attempted to divide by zero.",
                "   at Divide in cell 1, line 3",
                "   at cell 2, line 2",
            ],
            error.Traceback);
    }

    [Fact]
    public async Task Library_frames_are_cut_to_what_the_cell_called()
    {
        var error = await session.RunAsync<CellError>("System.IO.File.ReadAllText(\"/no/such/file\")");
        Assert.Equal(3, error.Traceback.Count);
        Assert.Equal("   at System.IO.File.ReadAllText", error.Traceback[1]);
        Assert.Equal("   at cell 1, line 1", error.Traceback[2]);
    }

    [Fact]
    public async Task An_exception_after_an_await_keeps_its_place()
    {
        var error = await session.RunAsync<CellError>(
            "async Task Later()\n{\n    await Task.Yield();\n    throw new InvalidOperationException(\"late\");\n}\n\nawait Later();");
        Assert.Equal(
            ["System.InvalidOperationException: late", "   at Later in cell 1, line 4", "   at cell 1, line 7"], error.Traceback);
    }

    [Fact]
    public async Task Members_of_a_cells_classes_are_named_with_their_class()
    {
        await session.RunAsync(
            """
            class Box<T>
            {
                public Box(bool fail) { if (fail) { throw new Exception("no box"); } }
                public int Size => throw new Exception("no size");
                public async Task Open() { await Task.Yield(); throw new Exception("stuck"); }
                public IEnumerable<int> Items() { yield return 1; throw new Exception("empty"); }
                public class Lid { public void Lift() => throw new Exception("heavy"); }
            }
            """);
        await AssertPlaceAsync("new Box<int>(true)", "   at new Box in cell 1, line 3");
        await AssertPlaceAsync("new Box<int>(false).Size", "   at Box.Size in cell 1, line 4");
        await AssertPlaceAsync("await new Box<int>(false).Open();", "   at Box.Open in cell 1, line 5");
        await AssertPlaceAsync("new Box<int>(false).Items().ToList()", "   at Box.Items in cell 1, line 6");
        await AssertPlaceAsync("new Box<int>.Lid().Lift();", "   at Box.Lid.Lift in cell 1, line 7");
    }

    [Fact]
    public async Task A_deep_recursion_is_told_by_its_ends()
    {
        var error = await session.RunAsync<CellError>(
            "int Dive(int n) => n == 5000 ? throw new Exception(\"deep\") : 1 + Dive(n + 1);\nDive(0)");
        Assert.InRange(error.Traceback.Count, 10, 40);
        Assert.Equal("   at Dive in cell 1, line 1", error.Traceback[1]);
        Assert.Contains("   … more calls of the same kind", error.Traceback);
        Assert.Equal("   at cell 1, line 2", error.Traceback[^1]);
    }

    [Fact]
    public async Task A_type_initializer_is_told_by_its_cause()
    {
        await session.RunAsync("class Broken\n{\n    public static int Value = int.Parse(\"many\");\n}");
        var error = await session.RunAsync<CellError>("Broken.Value");
        Assert.Equal("FormatException", error.Name);
        Assert.Contains(error.Traceback, line => line.EndsWith("cell 1, line 3", StringComparison.Ordinal));
        Assert.Contains("   at cell 2, line 1", error.Traceback);
    }

    [Fact]
    public async Task Inner_exceptions_are_named()
    {
        var error = await session.RunAsync<CellError>("throw new Exception(\"outer\", new ArgumentException(\"inner\"));");
        Assert.Contains("caused by System.ArgumentException: inner", error.Traceback);
    }

    [Fact]
    public async Task An_exception_that_nobody_awaits_is_written_to_stderr()
    {
        var outputs = await session.RunAsync(
            "async void Fire()\n{\n    await Task.Yield();\n    throw new Exception(\"lost\");\n}\n\nFire();\nawait Task.Delay(100);");
        var stream = Assert.IsType<StreamOutput>(Assert.Single(outputs));
        Assert.Equal("stderr", stream.Name);
        Assert.Contains("lost", stream.Text, StringComparison.Ordinal);
    }

    private async Task AssertPlaceAsync(string code, string place) => Assert.Contains(place, (await session.RunAsync<CellError>(code)).Traceback);
}
