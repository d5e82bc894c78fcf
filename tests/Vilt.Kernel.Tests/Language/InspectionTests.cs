using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Language;

public sealed class InspectionTests(SharedSession shared) : IClassFixture<SharedSession>
{
    private readonly Session session = shared.Session;

    [Theory]
    [InlineData("Console.Write|Line(1)")]
    [InlineData("Console.|WriteLine(1)")]
    [InlineData("Console.WriteLine|(1)")]
    [InlineData("Console.WriteLine|")]
    public async Task A_name_is_described_by_declaration_and_documentation(string marked)
    {
        var bundle = (await InspectAsync(marked))!;
        Assert.StartsWith("void Console.WriteLine(", Session.Text(bundle), StringComparison.Ordinal);
        Assert.Contains("standard output", Session.Text(bundle), StringComparison.Ordinal);
        Assert.StartsWith("```csharp\nvoid Console.WriteLine(", bundle.Data["text/markdown"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_detail_says_more()
    {
        Assert.DoesNotContain("IOException", Session.Text((await InspectAsync("Console.Write|Line(1)"))!), StringComparison.Ordinal);
        Assert.Contains("IOException", Session.Text((await InspectAsync("Console.Write|Line(1)", detail: 1))!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Math.Max(1, |", "int Math.Max(int val1, int val2)", "▸ **val2**")]
    [InlineData("Math.Max(|)", "int Math.Max(int val1, int val2)", "▸ **val1**")]
    [InlineData("\"abc\".Substring(1, |2)", "string string.Substring(int startIndex, int length)", "▸ **length**: The number of characters")]
    [InlineData("\"abc\".Substring(length: |2, startIndex: 1)", "string string.Substring(int startIndex, int length)", "▸ **length**")]
    [InlineData("string.Concat(\"a\", string.Format(\"b\", |1))", "string.Format(string format, object? arg0)", "▸ **arg0**")]
    [InlineData("new List<int>(|1)", "List<int>.List(int capacity)", "▸ **capacity**")]
    [InlineData("List<int> list = new(|1);", "List<int>.List(int capacity)", "▸ **capacity**")]
    [InlineData("new[] { 1 }.Where(|)", "Where<int>(Func<int, bool> predicate)", "▸ **predicate**")]
    [InlineData("Func<int, int> f = a => a;\nf(|1)", "int Func<int, int>.Invoke(int arg)", "▸ **arg**")]
    [InlineData("\"a\"[|0]", "char string.this[int index]", "▸ **index**")]
    [InlineData("string.Join(\", \", 1, 2, 3, |4)", "string.Join(string? separator, params object?[] values)", "▸ **values**")]
    [InlineData("int Add(int one, int two) => one + two;\nAdd(1, |", "int Add(int one, int two)", "▸ **two**")]
    public async Task In_an_argument_list_the_call_is_described(string marked, string signature, string active)
    {
        var text = Session.Text((await InspectAsync(marked))!);
        Assert.Contains(signature, text, StringComparison.Ordinal);
        Assert.Contains(active, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overload_that_fits_comes_first()
    {
        var text = Session.Text((await InspectAsync("Console.WriteLine(true|)"))!);
        Assert.DoesNotContain("WriteLine(int", text.Split('\n')[0], StringComparison.Ordinal);
        Assert.StartsWith("int Math.Max(int val1, int val2)", Session.Text((await InspectAsync("Math.Max(1, 2 |)"))!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inherited_documentation_is_found() =>
        Assert.Contains(
            "Adds an item",
            Session.Text((await InspectAsync(
                "class Own : System.Collections.ObjectModel.Collection<int>\n{\n    /// <inheritdoc/>\n    protected override void InsertItem(int index, int item) { }\n"
                + "    void F() => ((ICollection<int>)this).Add( |);\n}"))!),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("|")]
    [InlineData("1 + | 2")]
    [InlineData("missing|")]
    [InlineData("missing(|)")]
    [InlineData("// comm|ent")]
    public async Task There_may_be_nothing_to_describe(string marked) => Assert.Null(await InspectAsync(marked));

    private Task<MimeBundle?> InspectAsync(string marked, int detail = 0)
    {
        var (code, position) = MarkedCode.From(marked);
        return session.Language.InspectAsync(code, position, detail, TestContext.Current.CancellationToken);
    }
}
