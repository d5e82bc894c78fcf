using System.Text.Json.Nodes;
using Vilt.Kernel.Tests.Wire;

namespace Vilt.Kernel.Tests.Handlers;

/// <summary>What VS Code's Jupyter extension asks, as it asks it.</summary>
public sealed class JupyterExtensionTests : IClassFixture<RunningKernel>, IDisposable
{
    private readonly KernelClient code;
    private readonly KernelClient lab;

    public JupyterExtensionTests(RunningKernel kernel)
    {
        code = new(kernel.Connection) { Username = Guid.NewGuid().ToString() };
        lab = new(kernel.Connection) { Username = "" };
    }

    [Theory]
    [InlineData("var text = 1;\n\"a\".Subs", "Substring", "string.Substring")]
    [InlineData("var model = 1;\nvar other = 2;\nConsole.WriteLi", "WriteLine", "void Console.WriteLine()")]
    [InlineData("\"a\".Subs", "Substring", "string.Substring")]
    public void Documentation_is_that_of_the_choice_on_any_line(string cell, string choice, string expected)
    {
        var start = cell.LastIndexOf('.') + 1;
        var completion = code.Ask("complete_request", new() { ["code"] = cell, ["cursor_pos"] = cell.Length }).Reply;
        Assert.Contains(choice, completion.Content["matches"]!.AsArray().Select(match => (string)match!));
        var column = start - (cell.LastIndexOf('\n') + 1);
        var cut = cell[..column] + choice; // As the extension makes it: the column taken for the offset.
        Assert.Contains(expected, Documentation(code, cut), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_of_a_name_that_is_not_there()
    {
        const string Cell = "var model = 1;\n\"a\".Subs";
        code.Ask("complete_request", new() { ["code"] = Cell, ["cursor_pos"] = Cell.Length });
        Assert.DoesNotContain("var vaSubstring", Documentation(code, "var Substring"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_that_only_looks_cut_is_answered_as_it_stands_elsewhere() =>
        Assert.Contains("Console", Documentation(lab, "Console"), StringComparison.Ordinal);

    [Fact]
    public void Positions_are_counted_as_VS_Code_counts_them()
    {
        const string Cell = "var face = \"\U0001F600\U0001F600\"; Console.Wri";
        var reply = code.Ask("complete_request", new() { ["code"] = Cell, ["cursor_pos"] = Cell.Length }).Reply;
        Assert.Equal(Cell.LastIndexOf('.') + 1, (int)reply.Content["cursor_start"]!);
        Assert.Equal(Cell.Length, (int)reply.Content["cursor_end"]!);
    }

    [Theory]
    [InlineData("Console.WriteLine", "WriteLine", "function", "method")]
    [InlineData("\"a\".Length", "Length", "property", "property")]
    [InlineData("int.MaxValue", "MaxValue", "file", "constant")]
    [InlineData("DayOfWeek.Friday", "Friday", "color", "enummember")]
    [InlineData("Guid", "Guid", "reference", "structure")]
    [InlineData("Console", "Console", "struct", "class")]
    [InlineData("foreach", "foreach", "value", "keyword")]
    public void The_word_sent_is_the_one_whose_picture_is_right(string cell, string choice, string inCode, string inLab)
    {
        Assert.Equal(inCode, Kind(code, cell, choice));
        Assert.Equal(inLab, Kind(lab, cell, choice));
    }

    public void Dispose()
    {
        code.Dispose();
        lab.Dispose();
    }

    private static string Documentation(KernelClient client, string cell)
    {
        var reply = client.Ask("inspect_request", new() { ["code"] = cell, ["cursor_pos"] = cell.Length, ["detail_level"] = 0 }).Reply;
        return (string?)reply.Content["data"]?["text/plain"] ?? "";
    }

    private static string Kind(KernelClient client, string cell, string choice)
    {
        var reply = client.Ask("complete_request", new() { ["code"] = cell, ["cursor_pos"] = cell.Length }).Reply;
        JsonNode[] types = [.. reply.Content["metadata"]!["_jupyter_types_experimental"]!.AsArray().OfType<JsonNode>()];
        return (string)types.First(type => (string)type["text"]! == choice)["type"]!;
    }
}
