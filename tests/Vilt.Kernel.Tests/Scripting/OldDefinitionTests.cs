using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Scripting;

/// <summary>What was compiled for a variable, function or type that a later cell declares anew keeps the old one, and is named.</summary>
public sealed class OldDefinitionTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("int Twice() => width * 2;", "Twice")]
    [InlineData("int Twice => width * 2;", "Twice")]
    [InlineData("Func<int> twice = () => width * 2;", "twice")]
    [InlineData("Action twice = delegate { width *= 2; };", "twice")]
    [InlineData("async Task<int> Twice() { await Task.Yield(); return new[] { 1, 2 }.Sum(n => n * width); }", "Twice")]
    [InlineData("IEnumerable<int> Some() { yield return width; }", "Some")]
    public async Task A_variable_declared_anew(string user, string name)
    {
        await session.RunAsync("var width = 3;");
        Assert.Empty(await session.RunAsync(user));
        var stream = await session.RunAsync<StreamOutput>("var height = 1;\nvar width = 5;");
        Assert.Equal("stderr", stream.Name);
        Assert.Equal(
            $"cell 3, line 2, column 5: note: {name} of cell 2 still uses the width of cell 1. Run cell 2 again, or set width without declaring it anew.\n",
            stream.Text);
    }

    [Fact]
    public async Task It_is_so()
    {
        await session.RunAsync("var width = 3;\nint Twice() => width * 2;");
        await session.RunAsync("var width = 5;");
        Assert.Equal("6", await session.ValueAsync("Twice()"));
    }

    [Theory]
    [InlineData("int Step() => 1;", "int Two() => Step() + Step();", "int Step() => 2;", "Two of cell 2 still uses the Step of cell 1. Run cell 2 again.")]
    [InlineData("class Dog { }", "Dog Make() => new();", "class Dog { public int Age; }", "Make of cell 2 still uses the Dog of cell 1. Run cell 2 again.")]
    [InlineData("class Box<T> { }", "class Van { List<Box<int>> load; }", "class Box<T> { public T Held; }", "Van of cell 2 still uses the Box of cell 1. Run cell 2 again.")]
    [InlineData("enum Size { S, L }", "var big = (Size s) => s == Size.L;", "enum Size { L, S }", "big of cell 2 still uses the Size of cell 1. Run cell 2 again.")]
    [InlineData("int a = 1;", "int F() => a;\nint G() => a;", "int a() => 2;", "F of cell 2, G of cell 2 still uses the a of cell 1. Run cell 2 again.")]
    public async Task Other_definitions(string old, string user, string anew, string note)
    {
        await session.RunAsync(old);
        Assert.Empty(await session.RunAsync(user));
        Assert.EndsWith(note + "\n", (await session.RunAsync<StreamOutput>(anew)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int Twice() => width * 2;", "var other = 5;")]
    [InlineData("int Twice() => width * 2;", "width = 5;")]
    [InlineData("int Twice() => width * 2;", "var width = 5;\nint Twice() => width * 2;")]
    [InlineData("int Twice(int width) => width * 2;", "var width = 5;")]
    [InlineData("int Twice() { var width = 1; return width * 2; }", "var width = 5;")]
    [InlineData("class Box { public int width; public int Twice() => this.width * 2; }", "var width = 5;")]
    [InlineData("var now = width * 2;", "var width = 5;")]
    [InlineData("int Twice() => Half(width);\nint Half(int n) => n / 2;", "double Half(double n) => n / 2;")]
    [InlineData("var text = nameof(width);", "var width = 5;")]
    public async Task Nothing_is_said_where_nothing_is_old(string user, string next)
    {
        await session.RunAsync("var width = 3;");
        Assert.Empty(await session.RunAsync(user));
        Assert.Empty(await session.RunAsync(next));
    }

    [Fact]
    public async Task What_was_written_anew_since_then_is_fine()
    {
        await session.RunAsync("var width = 3;");
        await session.RunAsync("int Twice() => width * 2;");
        await session.RunAsync("int Twice() => 4;");
        Assert.Empty(await session.RunAsync("var width = 5;"));
    }

    [Fact]
    public async Task Many_notes_are_cut()
    {
        await session.RunAsync("int a = 1, b = 2, c = 3, d = 4, e = 5;\nint Sum() => a + b + c + d + e;");
        var stream = await session.RunAsync<StreamOutput>("int a = 1, b = 2, c = 3, d = 4, e = 5;");
        Assert.Equal(4, stream.Text.TrimEnd().Split('\n').Length);
        Assert.EndsWith("… and 2 more names that are declared anew\n", stream.Text, StringComparison.Ordinal);
    }
}
