using System.Net.Sockets;
using NetMQ;

namespace Vilt.Kernel.Tests.Wire;

public sealed class MalformedMessageTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    private const int Messages = 10_000;
    private const string Header = """{"msg_id":"1","msg_type":"kernel_info_request","session":"s","username":"u","date":"","version":"5.4"}""";
    private readonly KernelClient client = kernel.Client;

    /// <summary>Frames that are wrong in one way or another, some of them with the right signature.</summary>
    private IReadOnlyList<Func<Random, byte[][]>> Mistakes =>
    [
        random => [Bytes(random, 20)],
        random => [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Bytes(random, random.Next(200)))],
        _ => [[]],
        _ => [.. client.Frames(Header, "{}", "{}", "{}")[..^1]],
        _ => [.. client.Frames(Header, "{}", "{}", "{}")[..2]],
        _ => [.. client.Frames(Header, "{}", "{}", "{}")[1..]],
        random => Change(client.Frames(Header, "{}", "{}", "{}"), 1, Bytes(random, 64)),
        _ => Change(client.Frames(Header, "{}", "{}", "{}"), 1, []),
        _ => Change(client.Frames(Header, "{}", "{}", "{}"), 5, "{\"code\":\"evil\"}"u8.ToArray()),
        _ => client.Frames("{", "{}", "{}", "{}"),
        _ => client.Frames("null", "{}", "{}", "{}"),
        _ => client.Frames("[]", "{}", "{}", "{}"),
        _ => client.Frames("""{"msg_id":1,"msg_type":[]}""", "{}", "{}", "{}"),
        _ => client.Frames("""{"msg_type":"execute_request"}""", "{}", "{}", "{}"),
        _ => client.Frames("""{"msg_id":"1","msg_type":null}""", "{}", "{}", "{}"),
        _ => client.Frames(new string('[', 5000), "{}", "{}", "{}"),
        _ => client.Frames(Execute, "{}", "{}", "{}"),
        _ => client.Frames(Execute, "{}", "{}", """{"code":7}"""),
        _ => client.Frames(Execute, "{}", "{}", """{"code":null}"""),
        _ => client.Frames(Execute, "{}", "[", """{"code":"1"}"""),
        _ => client.Frames(Execute, "{}", """{"cellId":{}}""", """{"code":"1"}"""),
        _ => client.Frames(Execute, "{}", "{}", """{"code":"1","user_expressions":{"a":1}}"""),
        _ => client.Frames(Header.Replace("kernel_info", "history", StringComparison.Ordinal), "{}", "{}", """{"hist_access_type":"all"}"""),
        _ => client.Frames(Header.Replace("kernel_info", "complete", StringComparison.Ordinal), "{}", "{}", """{"code":"x","cursor_pos":"end"}"""),
        _ => client.Frames(Header.Replace("kernel_info", "unheard_of", StringComparison.Ordinal), "{}", "{}", "{}"),
        _ => client.Frames(Header.Replace("kernel_info_request", "", StringComparison.Ordinal), "{}", "{}", "{}"),
        random => [.. client.Frames(Header, "{}", "{}", "{}"), .. Enumerable.Range(0, 300).Select(_ => Bytes(random, 10))],
        random => [.. Enumerable.Range(0, 300).Select(_ => Bytes(random, 10)), .. client.Frames(Header, "{}", "{}", "{}")],
    ];

    private static string Execute => Header.Replace("kernel_info", "execute", StringComparison.Ordinal);

    [Fact]
    public void After_ten_thousand_malformed_messages_the_next_good_one_is_answered()
    {
        var random = new Random(0);
        var mistakes = Mistakes;
        NetMQSocket[] channels = [client.Shell, client.Control, client.Stdin];
        for (var i = 0; i < Messages; i++)
        {
            channels[i % channels.Length].SendMultipartBytes(mistakes[random.Next(mistakes.Count)](random));
        }

        AssertAnswers(client);
    }

    [Fact]
    public void A_frame_too_large_closes_its_connection_and_nothing_else()
    {
        using var reckless = new KernelClient(kernel.Connection);
        reckless.Shell.SendMultipartBytes(reckless.Frames(Header, "{}", "{}", $$"""{"code":"{{new string('x', 40 << 20)}}"}"""));
        AssertAnswers(client);
    }

    [Fact]
    public void Bytes_that_are_not_ZeroMQ_do_no_harm()
    {
        var random = new Random(1);
        // A greeting and a frame that announces 2^63 - 1 bytes; an old version's; another protocol's; noise.
        byte[][] openings =
        [
            [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48], 2, 0x7F, .. Enumerable.Repeat<byte>(0xFF, 7)],
            [0xFF, 0x7F, .. Enumerable.Repeat<byte>(0xFF, 7), 0x7F],
            [.. "GET / HTTP/1.1\r\n\r\n"u8],
            Bytes(random, 4096),
            [0],
        ];
        var connection = kernel.Connection;
        int[] ports = [connection.ShellPort, connection.IopubPort, connection.StdinPort, connection.ControlPort, connection.HeartbeatPort];
        foreach (var (port, opening) in ports.SelectMany(_ => openings, (port, opening) => (port, opening)))
        {
            using var socket = new TcpClient("127.0.0.1", port);
            socket.GetStream().Write(opening);
        }

        AssertAnswers(client);
    }

    [Fact]
    public void A_request_that_cannot_be_read_is_answered_with_what_is_wrong()
    {
        var run = client.Ask("execute_request", new() { ["code"] = 7 });
        Assert.Equal("error", run.Reply.Status);
        Assert.Contains("code", run.Reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Equal(["busy", "idle"], run.Kinds);
    }

    private static void AssertAnswers(KernelClient client)
    {
        Assert.Equal("ok", client.Ask("kernel_info_request", []).Reply.Status);
        Assert.Equal("2", client.Execute("1 + 1").Value);
        var id = client.Send(client.Control, "interrupt_request", []);
        Assert.Equal("ok", client.Reply(client.Control, id).Status);
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[][] Change(byte[][] frames, int index, byte[] content)
    {
        frames[index] = content;
        return frames;
    }
}
