using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Scripting;

/// <summary>The checks that are woven into cells change nothing of what a cell means, and nothing shows them.</summary>
public sealed class WeavingTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    public static readonly TheoryData<string, string> Cells = new()
    {
        { "int Twice(int x) => x * 2;\nTwice(4)", "8" },
        { "var log = \"\";\nvoid Log(string s) => log += s;\nLog(\"a\"); log", "a" },
        { "int Fail() => throw new NotSupportedException();\ntry { Fail(); } catch (NotSupportedException) { }\n1", "1" },
        { "async Task<int> Later(int x) => await Task.FromResult(x);\nawait Later(3)", "3" },
        { "var log = 0;\nasync Task Set() => log = await Task.FromResult(5);\nawait Set(); log", "5" },
        { "async ValueTask<int> Soon() { await Task.Yield(); return 7; }\nawait Soon()", "7" },
        { "class Box { int v; public int V { get => v; set => v = value + 1; } public int this[int i] => v * i; public Box(int x) => v = x; }\nvar b = new Box(1); b.V = 4; b.V + b[2]", "15" },
        { "class P { public int X => 3; public int Y { get { return 4; } } }\nnew P().X * new P().Y", "12" },
        { "record Point(int X, int Y) { public double Length => Math.Sqrt(X * X + Y * Y); public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y); public static implicit operator int(Point p) => p.X; }\n(new Point(1, 2) + new Point(2, 2)).Length", "5" },
        { "readonly struct S(int x) { public readonly int Next => x + 1; }\nnew S(1).Next", "2" },
        { "class Once { public static readonly int V; static Once() { for (var i = 0; i < 3; i++) V += i; } }\nOnce.V", "3" },
        { "IEnumerable<int> Count(int n) { for (var i = 0; i < n; i++) { if (i == 3) yield break; yield return i; } }\nCount(9).Sum()", "3" },
        { "int Outer(int x) { static int Inner(int y) => y + 1; int Local(int z) { return z + x; } return Local(Inner(x)); }\nOuter(2)", "5" },
        { "ref int First(int[] a) => ref a[0];\nvar a = new[] { 1, 2 }; First(a) = 9; a[0]", "9" },
        { "int x;\nint F() { int y; do y = 3; while (y < 3); return y; }\nF()", "3" },
        { "int F(int n) { int r; while (true) { if (n > 2) { r = n; break; } n++; } return r; }\nF(0)", "3" },
        { "var i = 0;\nagain:\ni++;\nif (i < 3) goto again;\ni", "3" },
        { "int F(int n) { switch (n) { case 1: goto case 2; case 2: return 5; default: goto case 1; } }\nF(9)", "5" },
        { "var n = 0;\nfor (var i = 0; i < 3; i++) for (var j = 0; j < 3; j++) if (j == 1) continue; else n++;\nn", "6" },
        { "var n = 0;\nforeach (var (k, v) in new Dictionary<int, int> { [1] = 2 }) n += k + v;\nn", "3" },
        { "var n = 0;\nwhile (int.TryParse(n.ToString(), out var m) && m < 3) n++;\nn", "3" },
        { "Action a = () => { }; Action b = () => a(); Func<int> c = () => 1; Func<Task> d = async () => await Task.Yield(); Func<Task<int>> e = async () => await Task.FromResult(2);\nb(); await d(); c() + await e()", "3" },
        { "Func<int, object> f = x => null!; Func<int, int[]> g = x => [x]; Func<string> h = () => throw new NotSupportedException();\nf(1) is null ? g(2)[0] : 0", "2" },
        { "var f = (int x, int y = 2) => x + y; var g = static (string s) => s.Length; var h = int (int x) => x;\nf(1) + g(\"ab\") + h(1)", "6" },
        { "Func<int, Func<int, int>> add = x => y => x + y;\nadd(1)(2)", "3" },
        { "Func<int, int> f = delegate (int x) { return x + 1; };\nf(1)", "2" },
        { "System.Linq.Expressions.Expression<Func<int, bool>> e = x => x > 1;\ne.ToString()", "x => (x > 1)" },
        { "new[] { 1, 2, 3 }.AsQueryable().Where(x => x > 1).Select(x => x * 2).Sum()", "10" },
        { "(from x in new[] { 1, 2, 3 } where x > 1 let y = x * x orderby y descending select y).First()", "9" },
        { "var r = await Task.Run(() => 4);\nawait Task.Run(() => r++);\nr", "5" },
        { "async IAsyncEnumerable<int> Some() { yield return 1; await Task.Yield(); yield return 2; }\nvar s = 0; await foreach (var x in Some()) s += x;\ns", "3" },
        { "new[] { \"a\" }.Select(s => s is { Length: var n } && n > 0 ? n : -1).Single()", "1" },
        { "#region head\n// comment\nvar x = 1; // one\n#endregion\n/* two */ var y = 2;\n#if NEVER\nwhile (true) { }\n#endif\nx + y", "3" },
        { "interface IShape { int Sides => 4; int Twice() => Sides * 2; }\nclass Square : IShape { }\n((IShape)new Square()).Twice()", "8" },
        { "class Event { Action? a; public event Action A { add => a += value; remove => a -= value; } public void Raise() => a?.Invoke(); }\nvar n = 0; var e = new Event(); e.A += () => n++; e.Raise(); n", "1" },
        { "class Vilt { public int Kernel = 1; }\nvar global = new Vilt();\nfor (var i = 0; i < 2; i++) global.Kernel++;\nglobal.Kernel", "3" },
        { "string At([System.Runtime.CompilerServices.CallerLineNumber] int line = 0) => line.ToString();\nfor (var i = 0; i < 1; i++)\n{\n}\nAt()", "5" },
        { "dynamic d = 2;\nFunc<dynamic, int> f = x => x + 1;\nf(d) + await Task.FromResult(d)", "5" },
        { "int Sum(params int[] xs) { var s = 0; foreach (var x in xs) s += x; return s; }\nconst int Two = 2;\nSum(1, Two)", "3" },
        { "using System.Text.RegularExpressions;\nvar r = new Regex(\"a+\", RegexOptions.IgnoreCase);\nr = new(\"b\");\nRegex.Replace(\"aab\", \"a\", m => \"c\") + r.Match(\"ab\").Value + Regex.Escape(\".\") + Regex.Split(\"1,2\", \",\").Length", "ccbb\\.2" },
        { "new System.Text.RegularExpressions.Regex(\"a\").Count(\"aa\") + System.Text.RegularExpressions.Regex.Count(\"aAa\", \"a\", System.Text.RegularExpressions.RegexOptions.IgnoreCase)", "5" },
        { "class Digits() : System.Text.RegularExpressions.Regex(\"[0-9]+\");\nnew Digits().Match(\"a12\").Value", "12" },
        { "class Regex { public static int Match(int x) => x; }\nRegex.Match(3)", "3" },
        { "unsafe int F() { int x = 3; int* p = &x; for (int i = 0; i < 1; i++) *p += 1; return x; }\n1", "1" },
    };

    public static readonly TheoryData<string, string> Mirrors = new()
    {
        { "Text(new[] { 1, 2, 3 }.Count(n => n > 1))", "new[] { 1, 2, 3 }.Count(n => n > 1)" },
        { "Text(await Task.FromResult(2))", "await Task.FromResult(2)" },
        { "Text(Text(() => { while (true) { } }))", "Text(() => { while (true) { } })" },
        { "Text(new Regex(\"a\").IsMatch(\"b\") || Regex.IsMatch(\"a\", \"b\"))", "new Regex(\"a\").IsMatch(\"b\") || Regex.IsMatch(\"a\", \"b\")" },
        { "try { ArgumentNullException.ThrowIfNull(await Task.FromResult<string>(null)); } catch (ArgumentNullException e) { return e.ParamName; }", "await Task.FromResult<string>(null)" },
        { "try { ArgumentOutOfRangeException.ThrowIfNegative(new[] { 1 }.Sum(x => x - 2)); } catch (ArgumentException e) { return e.ParamName; }", "new[] { 1 }.Sum(x => x - 2)" },
        { "new Regex(\"a\").GetType() == typeof(Regex)", "True" },
        { "new Regex(\"a\").MatchTimeout == Regex.InfiniteMatchTimeout", "True" },
        { "new Regex(\"a\", RegexOptions.Compiled).MatchTimeout == Regex.InfiniteMatchTimeout", "True" },
        { "new Regex(\"a\", RegexOptions.None, TimeSpan.FromSeconds(3)).MatchTimeout.TotalSeconds", "3" },
        { "Regex made = new(\"a\");\nmade.GetType().Name", "Regex" },
        { "try { Regex.IsMatch(\"a\", \"(\"); } catch (RegexParseException e) { return e.Error; }", "InsufficientClosingParentheses" },
        { "try { new Regex(null); } catch (ArgumentNullException e) { return e.ParamName; }", "pattern" },
        { "try { Regex.Replace(new string('a', 40) + '!', \"^(a+)+$\", \"\", RegexOptions.None, TimeSpan.FromMilliseconds(5)); } catch (RegexMatchTimeoutException e) { return e.MatchTimeout.TotalMilliseconds; }", "5" },
        { "string.Join(' ', typeof(Shape).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Select(m => m.Name))", "Area" },
        { "((Func<int, int>)(x => x + 1)).Method.GetParameters()[0].Name", "x" },
        { "enum Level { Low, High }\nvoid Set(Level level = Level.High) { }\nconst Level top = Level.High;\ntypeof(Level).Name + top", "LevelHigh" },
        { "string Late(RegexOptions options = RegexOptions.Multiline, DayOfWeek day = DayOfWeek.Friday) { const DayOfWeek none = DayOfWeek.Monday; return $\"{options} {day} {none}\"; }\nLate()", "Multiline Friday Monday" },
        { "ReadOnlySpan<int> Primes() => [2, 3, 5, 7, 11];\nReadOnlySpan<long> Large() => [1L << 40, 2, 3];\nvar sum = 0L;\nforeach (var p in Primes()) sum += p;\nforeach (var l in Large()) sum += l;\nsum", "1099511627809" },
        { "byte[] bytes = [1, 2, 3, 4, 5, 6, 7, 8, 9];\ndouble[] reals = { 0.5, 0.25, 0.125, 1 };\nbytes.Sum(b => b) + reals.Sum() + \"text\"u8.Length", "50.875" },
        { "string Kind(string s) => s switch { \"a\" => \"1\", \"b\" => \"2\", \"c\" => \"3\", \"d\" => \"4\", \"e\" => \"5\", \"f\" => \"6\", \"g\" => \"7\", _ => \"?\" };\nKind(\"e\") + Kind(\"h\")", "5?" },
    };

    [Theory]
    [MemberData(nameof(Mirrors))]
    public async Task A_cell_sees_its_own_code_alone(string code, string value)
    {
        await session.RunAsync(
            """
            using System.Reflection;
            using System.Runtime.CompilerServices;
            using System.Text.RegularExpressions;
            string Text(object value, [CallerArgumentExpression(nameof(value))] string text = "") => text;
            class Shape { public double Area() { for (var i = 0; i < 2; i++) { } return 1; } }
            """);
        Assert.Equal(value, await session.ValueAsync(code));
    }

    [Fact]
    public async Task A_constant_of_an_earlier_cell_s_enumeration_is_known()
    {
        await session.RunAsync("enum Color { Red, Green }");
        Assert.Equal("Green", await session.ValueAsync("Color Pick(Color c = Color.Green) { const Color red = Color.Red; return c == red ? red : c; }\nPick()"));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_cell_means_what_it_meant(string code, string value) => Assert.Equal(value, await session.ValueAsync(code));

    [Fact]
    public async Task An_exception_has_its_line_in_a_cell_full_of_checks()
    {
        var error = await session.RunAsync<CellError>(
            "var xs = new[] { 1, 0 };\nforeach (var x in xs)\n{\n    Func<int, int> f =\n        y => 1 /\n            y;\n    f(x);\n}");
        Assert.Equal("   at cell 1, line 5", error.Traceback[1]);
    }

    [Fact]
    public async Task A_compiler_error_behind_checks_keeps_its_column()
    {
        var error = await session.RunAsync<CellError>("for (;;) for (;;) { Func<int, int> f = x => missing; }");
        Assert.Equal("cell 1, line 1, column 45: error CS0103: The name 'missing' does not exist in the current context", error.Traceback[0]);
    }
}
