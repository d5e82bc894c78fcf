using Vilt.Kernel.Tests.Wire;

namespace Vilt.Kernel.Tests.Handlers;

public sealed class CompletenessTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    [Theory]
    [InlineData("var x = 1;", "complete")]
    [InlineData("for (;;) {", "incomplete")]
    [InlineData("int 5;", "invalid")]
    public void Says_whether_code_can_be_run(string code, string status)
    {
        var reply = kernel.Client.Ask("is_complete_request", new() { ["code"] = code }).Reply;
        Assert.Equal(status, reply.Status);
        Assert.Equal(status == "incomplete", reply.Content["indent"] is not null);
    }

    [Fact]
    public void Where_nothing_is_known_nothing_is_found()
    {
        var reply = kernel.Client.Ask("inspect_request", new() { ["code"] = "   ", ["cursor_pos"] = 1, ["detail_level"] = 0 }).Reply;
        Assert.Equal(("ok", "false", "{}"), (reply.Status, reply.Text("found"), reply.Content["data"]!.ToJsonString()));
    }
}
