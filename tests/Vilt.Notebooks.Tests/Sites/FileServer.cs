using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Vilt.Notebooks.Tests.Sites;

/// <summary>
/// Gives files on the loopback address, each over a connection of its own. ASP.NET Core would do, but a reference to it takes libraries
/// from the folder of the program that these tests run.
/// </summary>
internal sealed class FileServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, (byte[]? Content, string Headers)> find;

    /// <param name="find">Gives the content of a path, if there is one, and further headers, each with its line end.</param>
    public FileServer(Func<string, (byte[]? Content, string Headers)> find)
    {
        this.find = find;
        listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"http://{listener.LocalEndpoint}";

    /// <summary>The paths whose content was given, each as often as it was.</summary>
    public ConcurrentQueue<string> Given { get; } = [];

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The server has ended.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        if ((await reader.ReadLineAsync())?.Split(' ') is not [var method, var path, _])
        {
            return;
        }

        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }

        var (content, headers) = find(path);
        var status = content is null ? "404 Not Found" : "200 OK";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {content?.Length ?? 0}\r\n{headers}\r\n"));
        if (content is not null && method == "GET")
        {
            Given.Enqueue(path);
            await stream.WriteAsync(content);
        }
    }
}
