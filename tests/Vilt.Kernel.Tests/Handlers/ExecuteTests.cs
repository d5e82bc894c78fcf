using System.Text.Json.Nodes;
using Vilt.Kernel.Tests.Wire;

namespace Vilt.Kernel.Tests.Handlers;

public sealed class ExecuteTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    private readonly KernelClient client = kernel.Client;

    [Fact]
    public void Publishes_between_busy_and_idle_in_the_order_of_the_code()
    {
        var run = client.Execute("Console.Write(\"a\");\nConsole.Error.Write(\"b\");\ndisplay(1);\nConsole.Write(\"c\");\n2");
        Assert.Equal(["busy", "execute_input", "stream", "stream", "display_data", "stream", "execute_result", "idle"], run.Kinds);
        Assert.Equal(("ac", "b", "2"), (run.Stream("stdout"), run.Stream("stderr"), run.Value));
        Assert.Equal("ok", run.Reply.Status);
        var count = run.Reply.Text("execution_count");
        Assert.Equal([count, count], run.Published.Where(message => message.Content["execution_count"] is not null).Select(message => message.Text("execution_count")));
    }

    [Fact]
    public void An_error_is_published_and_replied()
    {
        var run = client.Execute("throw new InvalidOperationException(\"no\");");
        Assert.Equal(["busy", "execute_input", "error", "idle"], run.Kinds);
        foreach (var message in new[] { run.Reply, run.Published[2] })
        {
            Assert.Equal(("InvalidOperationException", "no"), (message.Text("ename"), message.Text("evalue")));
            Assert.Contains(message.Content["traceback"]!.AsArray(), line => line!.ToString().Contains("line 1", StringComparison.Ordinal));
        }

        Assert.Equal("error", run.Reply.Status);
    }

    [Fact]
    public void A_silent_run_publishes_nothing_and_does_not_count()
    {
        var before = Count(client.Execute("var quiet = 1;"));
        var run = client.Execute("Console.Write(\"x\");\ndisplay(1);\nquiet++;\nquiet", new() { ["silent"] = true });
        Assert.Equal(["busy", "idle"], run.Kinds);
        Assert.Equal("ok", run.Reply.Status);
        Assert.Equal("error", client.Execute("missing", new() { ["silent"] = true }).Reply.Status);
        var after = client.Execute("quiet");
        Assert.Equal(("2", before + 1), (after.Value, Count(after)));
    }

    [Fact]
    public void A_run_that_history_is_not_to_know_does_not_count()
    {
        var before = Count(client.Execute("1"));
        client.Execute("\"not to be known\"", new() { ["store_history"] = false });
        Assert.Equal(before + 1, Count(client.Execute("2")));
        Assert.DoesNotContain("not to be known", Tail(), StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_that_wait_are_aborted_when_a_cell_fails_and_others_answered()
    {
        // While the first waits for its task, the others arrive.
        client.Execute("var go = new TaskCompletionSource();");
        var failing = client.SendExecute("display(0);\nawait go.Task;");
        string[] waiting = [client.SendExecute("var never = 1;"), client.Send(client.Shell, "comm_info_request", []), client.SendExecute("never")];
        AwaitDisplay();
        client.Send(client.Control, "interrupt_request", []);
        Assert.Equal("error", client.Finish(failing).Reply.Status);
        var runs = waiting.Select(client.Finish).ToList();
        Assert.Equal(["aborted", "ok", "aborted"], runs.Select(run => run.Reply.Status));
        Assert.All(runs, run => Assert.Equal(["busy", "idle"], run.Kinds));
        Assert.Equal("3", client.Execute("3").Value);
    }

    [Fact]
    public void Requests_that_wait_are_run_when_errors_are_not_to_stop_them()
    {
        client.Execute("var later = new TaskCompletionSource();");
        var failing = client.SendExecute("display(0);\nawait later.Task;", new() { ["stop_on_error"] = false });
        var waiting = client.SendExecute("4");
        AwaitDisplay();
        client.Send(client.Control, "interrupt_request", []);
        Assert.Equal("error", client.Finish(failing).Reply.Status);
        Assert.Equal("4", client.Finish(waiting).Value);
    }

    [Fact]
    public void User_expressions_are_evaluated_after_the_cell()
    {
        var expressions = new JsonObject { ["twice"] = "six * 2", ["wrong"] = "nothing" };
        var values = client.Execute("var six = 6;", new() { ["user_expressions"] = expressions }).Reply.Content["user_expressions"]!;
        Assert.Equal(("ok", "12"), (values["twice"]!["status"]!.ToString(), values["twice"]!["data"]!["text/plain"]!.ToString()));
        Assert.Equal(("error", "CS0103"), (values["wrong"]!["status"]!.ToString(), values["wrong"]!["ename"]!.ToString()));
        Assert.Empty(client.Execute("missing", new() { ["user_expressions"] = expressions.DeepClone() }).Reply.Content["user_expressions"]!.AsObject());
    }

    [Fact]
    public void An_update_names_the_display_that_it_changes()
    {
        var run = client.Execute("var shown = display(\"old\");\nshown.Update(\"new\");");
        Assert.Equal(["busy", "execute_input", "display_data", "update_display_data", "idle"], run.Kinds);
        var ids = run.Published.Skip(2).Take(2).Select(message => message.Content["transient"]!["display_id"]!.ToString());
        Assert.Single(ids.Distinct());
        Assert.Equal("new", run.Published[3].Content["data"]!["text/plain"]!.ToString());
    }

    [Fact]
    public void What_a_task_puts_out_after_its_cell_still_belongs_to_it()
    {
        client.Execute("var release = new TaskCompletionSource();\nasync Task Speak() { await release.Task; display(\"late\"); }");
        var early = client.SendExecute("var speaking = Speak();");
        client.Finish(early);
        var late = client.SendExecute("release.SetResult();\nawait speaking;");
        var message = client.NextPublished();
        while (message.Type != "display_data")
        {
            message = client.NextPublished();
        }

        Assert.Equal(early, message.ParentId);
        client.Finish(late);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n\t")]
    [InlineData("// nothing")]
    public void Code_without_a_statement_is_no_error(string code) => Assert.Equal("ok", client.Execute(code).Reply.Status);

    private static int Count(Run run) => run.Reply.Content["execution_count"]!.GetValue<int>();

    private string Tail() => client.Ask("history_request", new() { ["hist_access_type"] = "tail", ["n"] = 10 }).Reply.Text("history");

    private void AwaitDisplay()
    {
        while (client.NextPublished().Type != "display_data")
        {
        }
    }
}
