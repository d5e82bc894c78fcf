using System.Net;
using System.Net.NetworkInformation;
using NetMQ;
using NetMQ.Sockets;

namespace Vilt.Kernel.Tests.Wire;

public sealed class SocketTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    [Fact]
    public void Only_the_loopback_address_is_listened_on()
    {
        var connection = kernel.Connection;
        int[] ports = [connection.ShellPort, connection.IopubPort, connection.StdinPort, connection.ControlPort, connection.HeartbeatPort];
        var own = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => ports.Contains(listener.Port)).ToList();
        Assert.Equal(ports.Order(), own.Select(listener => listener.Port).Order());
        Assert.All(own, listener => Assert.Equal(IPAddress.Loopback, listener.Address));
    }

    [Fact]
    public void The_heartbeat_echoes()
    {
        using var heart = new RequestSocket($">tcp://127.0.0.1:{kernel.Connection.HeartbeatPort}");
        heart.SendFrame("ping");
        Assert.True(heart.TryReceiveFrameString(TimeSpan.FromMinutes(1), out var echo));
        Assert.Equal("ping", echo);
    }

    [Fact]
    public void A_new_subscriber_is_welcomed()
    {
        using var second = new KernelClient(kernel.Connection);
        Assert.Equal("iopub_welcome", second.Welcome!.Type);
        Assert.Equal("", second.Welcome!.Text("subscription"));
        Assert.Equal("{}", second.Welcome!.Parent.ToJsonString());
    }

    [Fact]
    public void The_welcome_comes_before_the_outputs_of_a_running_cell()
    {
        kernel.Client.SendExecute("for (var i = 0; i < 5000; i++) { display(i); }");
        for (var i = 0; i < 5; i++)
        {
            using var late = new KernelClient(kernel.Connection);
            Assert.Equal("iopub_welcome", late.Welcome!.Type);
        }
    }

    [Fact]
    public void Without_a_key_nothing_is_signed()
    {
        var connection = Ports.Connection(key: "");
        using var open = new JupyterKernel(connection, Path.GetTempPath());
        _ = open.RunAsync();
        using var client = new KernelClient(connection);
        Assert.Equal("ok", client.Ask("kernel_info_request", []).Reply.Status);
    }

    [Fact]
    public void A_taken_port_is_told_by_its_number()
    {
        var message = Assert.Throws<IOException>(() => new JupyterKernel(kernel.Connection, Path.GetTempPath())).Message;
        Assert.Contains($"{kernel.Connection.ShellPort}", message, StringComparison.Ordinal);
    }
}
