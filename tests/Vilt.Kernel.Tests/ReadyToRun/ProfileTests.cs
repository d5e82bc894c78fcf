using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Vilt.Kernel.Tests.ReadyToRun;

/// <summary>
/// The methods of Roslyn that Release builds compile ahead of time: lib/Vilt.Kernel/ReadyToRun/roslyn.mibc. To make it anew, which a new
/// version of Roslyn asks for: <c>VILT_PROFILE=1 dotnet …/Vilt.Kernel.Tests.dll -class '*ProfileTests'</c>.
/// </summary>
public sealed class ProfileTests
{
    private static readonly string Profile = Path.Combine(Checkout.Root, "lib", "Vilt.Kernel", "ReadyToRun", "roslyn.mibc");

    private static readonly string[] Cells =
    [
        "1 + 1", "var number = 2;\nnumber * 2", "undefined + 1", "int wrong = \"a\";", "throw new Exception(\"boom\");", "new[] { 1, 2 }[5]",
        "using System.Text.RegularExpressions;\nRegex.Matches(\"a1b22\", @\"\\d+\").Select(m => m.Value).ToArray()",
        "record Point(int X, int Y) { public double Length => Math.Sqrt((X * X) + (Y * Y)); }\nvar point = new Point(3, 4);\npoint with { X = 5 }",
        "class Animal { public virtual string Name { get; set; } = \"a\"; }\nclass Zebra : Animal, IComparable<Zebra> { public int Legs = 4; public int CompareTo(Zebra? o) => Legs.CompareTo(o?.Legs ?? 0); }\nnew Zebra()",
        "async Task<int> Later(int n) { await Task.Delay(1); return n * 2; }\nawait Later(3)",
        "int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);\nfor (var i = 0; i < 5; i++) { Console.WriteLine($\"fib {i,3} = {Fib(i):N0}\"); }",
        "var lists = new Dictionary<string, List<int>> { [\"a\"] = [1, 2, 3], [\"b\"] = [] };\nforeach (var (k, v) in lists) { Console.WriteLine($\"{k}: {string.Join(\", \", v)}\"); }\nlists",
        "var size = point switch { { X: > 2, Y: var y } => $\"big {y}\", null => \"none\", _ => \"small\" };\ndisplay(size);",
        "IEnumerable<int> Numbers() { for (var i = 0; i < 3; i++) { yield return i; } }\nNumbers().Sum()",
        "try { throw new InvalidOperationException(\"no\"); } catch (Exception e) when (e.Message == \"no\") { Console.Error.WriteLine(e.Message); } finally { Console.Write(1); }",
        "delegate int Op(int a, int b);\nOp add = (a, b) => a + b;\nFunc<int, Func<int, int>> curry = a => b => a + b;\n(add(1, 2), curry(1)(2))",
        "enum Color { Red, Green }\ninterface IShape { double Area { get; } }\nstruct Square(double s) : IShape { public double Area => s * s; }\nvar shapes = new List<IShape> { new Square(2), new Square(3) };\nshapes.Max(s => s.Area)",
        "var query = from a in new[] { 1, 2, 3 } from b in new[] { 2, 3 } where a < b orderby a descending, b group (a, b) by a into g select new { g.Key, N = g.Count() };\nquery.ToList()",
        "var (left, right) = (1, \"two\");\nstring? maybe = null;\nmaybe ??= right;\nmaybe?.Length ?? 0",
        "static T Larger<T>(T a, T b) where T : IComparable<T> => a.CompareTo(b) > 0 ? a : b;\nLarger(2.5, 1)",
        "using (var w = new System.IO.StringWriter()) { w.Write(1); w.ToString(); }", "var task = Task.Run(() => 5);\ntask.Result", "int[][] rows = [[1, 2], [3]]; rows",
        "lock (new object()) { } do { } while (false); goto L; L: ;", "checked { var big = int.MaxValue; }\ndecimal price = 1.5m; price * 2", "HTML(\"<b>x</b>\")",
    ];

    private static readonly string[] Begun =
    [
        "Console.Wri", "lists[\"a\"].", "point.", "new Zebra().Le", "\"\".", "Mat", "Console.WriteLine(Math.Max(1, ", "class Q : Animal { override ",
        "using System.", "#r \"", "shapes.Where(s => s.", "var u = ne", "string.Format(", "lists.Sel", "Color.", "", "await Later(", "Fib(",
    ];

    /// <summary>A method that is not there is compiled when it is needed, so an old profile costs time alone.</summary>
    [Fact]
    public void Names_methods_of_the_Roslyn_in_use()
    {
        using var profile = ModuleDefinition.ReadModule(Profile);
        var methods = Methods(profile).ToList();
        Assert.True(methods.Count > 10_000, $"{methods.Count}");
        var types = methods.Select(method => method.DeclaringType).DistinctBy(type => type.FullName).ToList();
        var missing = types.Where(type => Assembly.Load(type.Scope.Name).GetType(type.FullName.Replace('/', '+')) is null).ToList();
        Assert.True(missing.Count < types.Count / 20, $"{missing.Count} of {types.Count} types are not there: make the profile anew.");
    }

    [Fact]
    public async Task Is_made_of_what_cells_and_completion_use()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("VILT_PROFILE") == "1", "Writes the profile where VILT_PROFILE is 1.");
        using var compiled = new CompiledMethods();
        using var session = new Session();
        foreach (var cell in Cells)
        {
            await session.RunAsync(cell);
        }

        foreach (var code in Begun)
        {
            await session.Language.CompleteAsync(code, code.Length, TestContext.Current.CancellationToken);
            await session.Language.InspectAsync(code, code.Length, 1, TestContext.Current.CancellationToken);
        }

        compiled.Write(Profile);
    }

    private static IEnumerable<MethodReference> Methods(ModuleDefinition profile) =>
        from list in profile.Types.First(type => type.Name == "<Module>").Methods
        where list.Name != CompiledMethods.Entry
        from instruction in list.Body.Instructions
        where instruction.OpCode == OpCodes.Ldtoken
        select (MethodReference)instruction.Operand;
}
