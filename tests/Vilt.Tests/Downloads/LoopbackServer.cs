using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Vilt.Tests.Downloads;

/// <summary>A web server on two ports of the loopback address, which count as two hosts.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly WebApplication app;

    public LoopbackServer(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(System.Net.IPAddress.Loopback, 0);
            server.Listen(System.Net.IPAddress.Loopback, 0);
        });
        app = builder.Build();
        app.Run(context =>
        {
            Requests.Enqueue(new(context));
            return answer(context);
        });
        app.StartAsync().GetAwaiter().GetResult();
        Uri[] addresses = [.. app.Urls.Select(url => new Uri(url + "/"))];
        (Uri, OtherUri) = (addresses[0], addresses[1]);
    }

    public Uri Uri { get; }

    public Uri OtherUri { get; }

    /// <summary>All requests so far, in their order.</summary>
    public ConcurrentQueue<ReceivedRequest> Requests { get; } = [];

    /// <summary>Gives content as a good server does, or the asked range of it.</summary>
    public static Task Give(HttpContext context, byte[] content) => Give(context, content, content.Length);

    /// <summary>Gives content, or a range, but ends the connection before the byte of this place in the content.</summary>
    public static async Task Give(HttpContext context, byte[] content, int cutAt)
    {
        var from = 0;
        if (context.Request.Headers.Range.ToString() is { Length: > 0 } range)
        {
            from = int.Parse(range["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture);
            context.Response.StatusCode = from < content.Length ? 206 : 416;
            context.Response.Headers.ContentRange = from < content.Length ? $"bytes {from}-{content.Length - 1}/{content.Length}" : $"bytes */{content.Length}";
            if (from >= content.Length)
            {
                return;
            }
        }

        context.Response.ContentLength = content.Length - from;
        if (context.Request.Method == "HEAD")
        {
            return;
        }

        await context.Response.Body.FlushAsync();
        // Where fewer bytes are written than announced, the server closes the connection after them.
        if (cutAt > from)
        {
            await context.Response.Body.WriteAsync(content.AsMemory(from, cutAt - from));
        }
    }

    public void Dispose()
    {
        // A connection that a test left in the middle of an answer need not be waited for.
        app.StopAsync(new CancellationToken(canceled: true)).GetAwaiter().GetResult();
        ((IDisposable)app).Dispose();
    }
}
