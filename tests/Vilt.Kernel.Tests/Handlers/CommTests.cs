using Vilt.Kernel.Tests.Wire;

namespace Vilt.Kernel.Tests.Handlers;

public sealed class CommTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    [Fact]
    public void A_comm_to_an_unknown_target_is_closed()
    {
        var client = kernel.Client;
        var id = client.Send(client.Shell, "comm_open", new() { ["comm_id"] = "7", ["target_name"] = "jupyter.widget", ["data"] = new System.Text.Json.Nodes.JsonObject() });
        var published = client.PublishedUntilIdle(id);
        Assert.Equal(["busy", "comm_close", "idle"], published.Select(message => message.Kind));
        Assert.Equal("7", published[1].Text("comm_id"));
    }

    [Fact]
    public void There_are_no_comms() =>
        Assert.Equal("{}", kernel.Client.Ask("comm_info_request", []).Reply.Content["comms"]!.ToJsonString());

    [Theory]
    [InlineData("comm_msg")]
    [InlineData("comm_close")]
    public void Messages_to_closed_comms_are_taken(string type)
    {
        var id = kernel.Client.Send(kernel.Client.Shell, type, new() { ["comm_id"] = "7" });
        Assert.Equal(["busy", "idle"], kernel.Client.PublishedUntilIdle(id).Select(message => message.Kind));
    }
}
