using Vilt.Kernel.Language;

namespace Vilt.Kernel.Tests.Language;

public sealed class CompletionTests(SharedSession shared) : IClassFixture<SharedSession>
{
    private readonly Session session = shared.Session;

    [Fact]
    public async Task Members_come_with_signature_and_documentation()
    {
        var completions = await CompleteAsync("var a = 1;\nConsole.WriteL|;");
        var item = Assert.Single(completions.Items);
        Assert.Equal(("WriteLine", "method"), (item.Text, item.Kind));
        Assert.StartsWith("void Console.WriteLine(", item.Signature, StringComparison.Ordinal);
        Assert.Contains("standard output", item.Documentation, StringComparison.Ordinal);
        Assert.Equal((19, 25), (completions.Start, completions.End));
    }

    [Fact]
    public async Task The_kernels_own_functions_are_documented() =>
        Assert.Contains("Shows a value", (await ItemAsync("displ|", "display")).Documentation, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"a\".Subs|", "Substring", "method")]
    [InlineData("Environment.NewL|", "NewLine", "property")]
    [InlineData("new System.Collections.Generic.Lis|", "List", "class")]
    [InlineData("using System.Collections.Imm|", "Immutable", "namespace")]
    [InlineData("forea|", "foreach", "keyword")]
    [InlineData("\"abc\".Substring(sta|", "startIndex:", "parameter")]
    [InlineData("var local = 1;\nloc|", "local", "field")]
    [InlineData("new Uri(\"a\").Sch|", "Scheme", "property")]
    [InlineData("new int[] { 1 }.Wher|", "Where", "method")]
    [InlineData("int F(int some) => som|", "some", "parameter")]
    [InlineData("await Task.Del|", "Delay", "method")]
    [InlineData("DateTime.UtcNow.DayOfWeek == DayOfWeek.Mon|", "Monday", "enummember")]
    [InlineData("CONSOL|", "Console", "class")]
    [InlineData("Console.WL|", "WriteLine", "method")]
    public async Task Finds_what_can_stand_there(string marked, string text, string kind) =>
        Assert.Equal(kind, (await ItemAsync(marked, text)).Kind);

    [Theory]
    [InlineData("var s = \"Cons|\";")]
    [InlineData("// Cons|")]
    [InlineData("1.5|")]
    [InlineData("Console.Nothing|")]
    public async Task Finds_nothing_where_nothing_fits(string marked) => Assert.Empty((await CompleteAsync(marked)).Items);

    [Fact]
    public async Task Replaces_the_whole_word_and_looks_at_what_stands_before_the_cursor()
    {
        var completions = await CompleteAsync("Console.Wri|teLn(1)");
        Assert.Equal(["Write", "WriteLine"], completions.Items.Select(item => item.Text));
        Assert.Equal((8, 15), (completions.Start, completions.End));
    }

    [Fact]
    public async Task Positions_count_utf16_units()
    {
        var completions = await CompleteAsync("var s = \"😀動\"; s.Leng|");
        Assert.Equal("Length", Assert.Single(completions.Items).Text);
        Assert.Equal("var s = \"😀動\"; s.".Length, completions.Start);
    }

    [Fact]
    public async Task A_position_outside_the_code_means_its_nearest_end()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal("Write", (await session.Language.CompleteAsync("Console.Wri", 999, cancellation)).Items[0].Text);
        Assert.NotEmpty((await session.Language.CompleteAsync("Console", -5, cancellation)).Items);
        Assert.NotEmpty((await session.Language.CompleteAsync("", 0, cancellation)).Items);
    }

    [Fact]
    public async Task Writes_out_a_member_to_override()
    {
        var code = "class Animal\n{\n    public override ToS|\n}";
        var completions = await CompleteAsync(code);
        var item = Assert.Single(completions.Items);
        var (source, _) = MarkedCode.From(code);
        var result = source[..completions.Start] + item.Text + source[completions.End..];
        Assert.Contains("public override string ToString()\n    {\n        return base.ToString();", result.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_choice_is_named_once()
    {
        var texts = (await CompleteAsync("|")).Items.Select(item => item.Text).ToList();
        Assert.Equal(texts.Distinct(), texts);
    }

    [Fact]
    public async Task Gives_up_when_told_to()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.Language.CompleteAsync("Con", 3, cancellation.Token));
        Assert.NotEmpty((await CompleteAsync("Con|")).Items);
    }

    private async Task<CompletionItem> ItemAsync(string marked, string text) =>
        Assert.Single((await CompleteAsync(marked)).Items, item => item.Text == text);

    private Task<Completions> CompleteAsync(string marked)
    {
        var (code, position) = MarkedCode.From(marked);
        return session.Language.CompleteAsync(code, position, TestContext.Current.CancellationToken);
    }
}
