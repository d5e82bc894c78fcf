using System.Text.Json.Nodes;
using Vilt.Kernel.Tests.Wire;

namespace Vilt.Kernel.Tests.Handlers;

public sealed class InputTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    private static readonly JsonObject Allowed = new() { ["allow_stdin"] = true };
    private readonly KernelClient client = kernel.Client;

    [Theory]
    [InlineData("input(\"name? \")", "name? ", "false")]
    [InlineData("password(\"secret? \").GetClearTextPassword()", "secret? ", "true")]
    [InlineData("(string)await Microsoft.DotNet.Interactive.Kernel.GetPasswordAsync(\"key? \")", "key? ", "true")]
    [InlineData("using Microsoft.DotNet.Interactive;\nawait Kernel.GetInputAsync(\"number? \")", "number? ", "false")]
    [InlineData("await GetInputAsync(\"file? \", typeHint: \"file\")", "file? ", "false")]
    [InlineData("Console.ReadLine()", "", "false")]
    [InlineData("Console.In.ReadLine()", "", "false")]
    [InlineData("await Task.Run(() => input(\"from a task \"))", "from a task ", "false")]
    public void A_cell_asks_the_front_end(string code, string prompt, string isPassword)
    {
        var id = client.SendExecute(code, Allowed);
        var question = client.Reply(client.Stdin, id);
        Assert.Equal(("input_request", prompt, isPassword), (question.Type, question.Text("prompt"), question.Text("password")));
        Answer("grüße 😀");
        Assert.Equal("grüße 😀", client.Finish(id).Value);
    }

    [Fact]
    public void Characters_are_read_one_by_one()
    {
        var id = client.SendExecute("string.Join('|', Console.Read(), Console.In.Peek(), Console.ReadLine(), Console.Read())", Allowed);
        client.Reply(client.Stdin, id);
        Answer("ab");
        client.Reply(client.Stdin, id);
        Answer("");
        Assert.Equal("97|98|b|10", client.Finish(id).Value);
    }

    [Fact]
    public void What_was_written_before_a_question_is_seen_before_it()
    {
        var id = client.SendExecute("Console.Write(\"hello\");\ninput(\"?\");", Allowed);
        while (client.NextPublished().Type != "stream")
        {
        }

        client.Reply(client.Stdin, id);
        Answer("x");
        client.Finish(id);
    }

    [Theory]
    [InlineData("input(\"?\");")]
    [InlineData("Console.ReadLine();")]
    public void Where_nobody_can_be_asked_the_cell_says_so(string code)
    {
        var run = client.Execute(code);
        Assert.Equal(("error", "InvalidOperationException"), (run.Reply.Status, run.Reply.Text("ename")));
        Assert.Contains("input", run.Reply.Text("evalue"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_can_be_interrupted_and_its_late_answer_is_dropped()
    {
        var id = client.SendExecute("Console.ReadLine()", Allowed);
        client.Reply(client.Stdin, id);
        client.Send(client.Control, "interrupt_request", []);
        Assert.Equal("error", client.Finish(id).Reply.Status);
        Answer("too late");
        var next = client.SendExecute("input(\"again?\")", Allowed);
        client.Reply(client.Stdin, next);
        Answer("in time");
        Assert.Equal("in time", client.Finish(next).Value);
    }

    private void Answer(string value) => client.Send(client.Stdin, "input_reply", new() { ["value"] = value });
}
