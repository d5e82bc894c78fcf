using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Scripting;

/// <summary>Exceptions that the runtime throws at a method's end, where no line is, have that of the code that met them.</summary>
public sealed class ExceptionLineTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("var a = new int[2];\nvar i = 5;\n\nvar x = a[i];\nvar y = 1;", "IndexOutOfRangeException", 4)]
    [InlineData("var a = new int[2];\na[7] = 1;\nvar y = 1;\nvar z = 1;", "IndexOutOfRangeException", 2)]
    [InlineData("var a = new int[2, 2];\n\na[0, 2]++;\nvar z = 1;", "IndexOutOfRangeException", 3)]
    [InlineData("var s = \"abc\";\nvar y = 1;\nvar c = s[^4];\nvar z = 1;", "IndexOutOfRangeException", 3)]
    [InlineData("var n = int.MaxValue;\nvar m = 2;\nvar x = checked(n + m);\nvar y = 1;\nvar z = 2;", "OverflowException", 3)]
    [InlineData("var n = 300;\nvar y = 1;\nvar x = checked((byte)n);\nvar z = 1;", "OverflowException", 3)]
    [InlineData("var n = -1;\nvar m = 1;\nvar x = new int[n];\nvar y = 1;", "OverflowException", 3)]
    [InlineData("var n = 0;\nvar m = 5;\nvar x = m / n;\nvar z = 1;", "DivideByZeroException", 3)]
    [InlineData("var n = -1;\nvar m = int.MinValue;\nvar x =\n    m % n;\nvar z = 1;", "OverflowException", 4)]
    [InlineData("string s = null;\nvar m = 5;\nvar x = s.Length;\nvar z = 1;", "NullReferenceException", 3)]
    [InlineData("object o = \"x\";\nvar m = 5;\nvar x = (int)o;\nvar z = 1;", "InvalidCastException", 3)]
    [InlineData("var a = new int[2];\nfor (var i = 0; i < 5; i++)\n{\n    var b = i;\n    a[i] = b;\n    var c = 1;\n}\nvar z = 1;", "IndexOutOfRangeException", 5)]
    [InlineData("var n = int.MaxValue - 2;\nwhile (true)\n{\n    checked\n    {\n        n++;\n    }\n}", "OverflowException", 6)]
    [InlineData("var n = int.MaxValue - 500_000;\nvar a = new int[1];\nwhile (true)\n{\n    n = checked(n + 1);\n    a[0] = n;\n}", "OverflowException", 5)]
    [InlineData("int F(int[] b)\n{\n    return b[0];\n}\nvar a = new int[2];\nvar n = 5;\na[0] = a[1] + F(a) + a[n];\nvar z = 1;", "IndexOutOfRangeException", 7)]
    [InlineData("var s = new List<int>();\n\ns[3].ToString();\nvar z = 1;", "ArgumentOutOfRangeException", 3)]
    [InlineData("await Task.Yield();\nvar a = new int[2];\nvar i = 5;\nvar x = a[i];\nvar y = 1;", "IndexOutOfRangeException", 4)]
    [InlineData("var a = new int[2];\ntry\n{\n    a[2] = 1;\n}\nfinally\n{\n    a[0] = 1;\n}", "IndexOutOfRangeException", 4)]
    [InlineData("var a = new int[1];\na[0] = 1;\nif (a[0] == 1)\n    throw new OverflowException();\na[0] = 2;", "OverflowException", 4)]
    public async Task A_cell_s_own_statements(string code, string name, int line)
    {
        var error = await session.RunAsync<CellError>(code);
        Assert.Equal((name, line), (error.Name, error.Line));
        Assert.EndsWith($", line {line}", error.Traceback[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int F(int n)\n{\n    var a = new int[2];\n    var b = a[n];\n    var c = 1;\n    return b + c;\n}", "F(7)", "F", 4)]
    [InlineData("int F(int n)\n{\n    Console.Write(\"\");\n    var b = checked(n + int.MaxValue);\n    Console.Write(\"\");\n    return b;\n}", "F(7)", "F", 4)]
    [InlineData("async Task F(int n)\n{\n    var a = new int[2];\n    a[n] = 1;\n    await Task.Yield();\n}", "await F(7);", "F", 4)]
    [InlineData("async Task F(int n)\n{\n    await Task.Yield();\n    var a = new int[2];\n    a[n] = 1;\n}", "F(7).Wait();", "F", 5)]
    [InlineData("IEnumerable<int> F(int[] a)\n{\n    yield return 1;\n    yield return a[2];\n}", "F(new int[2]).Sum()", "F", 4)]
    [InlineData("char F(string s)\n{\n    Console.Write(\"\");\n    var c = s[3];\n    return c;\n}", "F(\"abc\")", "F", 4)]
    [InlineData("int F(Span<int> s)\n{\n    Console.Write(\"\");\n    var c = s[3];\n    return c;\n}", "F(new int[2])", "F", 4)]
    [InlineData("ref T F<T>(T[] a, int i)\n{\n    return ref a[i];\n}", "F(new[] { \"a\" }, 2) = \"\";", "F", 3)]
    [InlineData("class Row\n{\n    int[] cells = new int[2];\n    public int this[int i]\n    {\n        get\n        {\n            Console.Write(\"\");\n            return cells[i];\n        }\n    }\n}", "new Row()[8]", "Row.Item", 9)]
    [InlineData("void F(int depth, int[] a)\n{\n    if (depth > 0)\n    {\n        a[depth - 1] = 1;\n        F(depth - 1, a);\n    }\n    a[2 - depth] = 1;\n}", "F(1, new int[2]);", "F", 8)]
    public async Task Functions_and_members(string declaration, string call, string name, int line)
    {
        Assert.Empty(await session.RunAsync(declaration));
        var error = await session.RunAsync<CellError>(call);
        Assert.StartsWith($"   at {name} in cell ", error.Traceback[1], StringComparison.Ordinal);
        Assert.EndsWith($", line {line}", error.Traceback[1], StringComparison.Ordinal);
        Assert.Equal(1, error.Line);
    }

    [Fact]
    public async Task A_small_function_that_the_compiler_put_into_a_later_cell_s_loop()
    {
        await session.RunAsync("\nint At(int[] a, int i) => a[i];");
        var error = await session.RunAsync<CellError>(
            "var a = new int[3];\nfor (var i = 0; i < 500_000; i++)\n    At(a, i % 3);\nfor (var i = 0; ; i++)\n    At(a, i < 500_000 ? i % 3 : 3);");
        Assert.EndsWith(", line 2", error.Traceback[1], StringComparison.Ordinal);
        Assert.Equal(5, error.Line);
    }

    [Fact]
    public async Task Each_thread_has_its_own()
    {
        await session.RunAsync("int Good(int[] a) { var s = 0; for (var i = 0; i < 1000; i++) s += a[i % 2]; return s; }");
        var error = await session.RunAsync<CellError>(
            "var a = new int[2];\nParallel.For(0, 1000, n =>\n{\n    Good(a);\n    if (n == 500)\n    {\n        a[n] = 1;\n    }\n});");
        Assert.Contains(error.Traceback, line => line.EndsWith(", line 7", StringComparison.Ordinal));
    }
}
