using NetMQ;
using Vilt.Kernel.Tests.Wire;

namespace Vilt.Kernel.Tests.Handlers;

public sealed class ShutdownTests
{
    [Theory]
    [InlineData(true, "true")]
    [InlineData(false, "false")]
    public async Task Shutdown_is_answered_on_its_channel_and_then_the_kernel_ends(bool onControl, string restart)
    {
        using var kernel = new RunningKernel();
        AskForEnd(kernel.Client, onControl ? kernel.Client.Control : kernel.Client.Shell, restart);
        await kernel.Completion.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_running_cell_does_not_hold_the_end_up()
    {
        using var kernel = new RunningKernel();
        kernel.Client.SendExecute("display(1);\nawait new TaskCompletionSource().Task;");
        while (kernel.Client.NextPublished().Type != "display_data")
        {
        }

        AskForEnd(kernel.Client, kernel.Client.Control, "true");
        await kernel.Completion.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    private static void AskForEnd(KernelClient client, NetMQSocket channel, string restart)
    {
        var id = client.Send(channel, "shutdown_request", new() { ["restart"] = restart == "true" });
        var reply = client.Reply(channel, id);
        Assert.Equal(("shutdown_reply", "ok", restart), (reply.Type, reply.Status, reply.Text("restart")));
        Assert.Equal(["busy", "shutdown_reply", "idle"], client.PublishedUntilIdle(id).Select(message => message.Kind));
    }
}
