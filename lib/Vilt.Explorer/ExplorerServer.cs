using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Vilt.Explorer.Access;
using Vilt.Explorer.Asking;
using Vilt.Explorer.Browsing;
using Vilt.Explorer.Pictures;
using Vilt.Explorer.Work;

namespace Vilt.Explorer;

/// <summary>A local web page on which models are asked about pictures and explain their answers.</summary>
/// <example>
/// <code>
/// await using var server = await ExplorerServer.StartAsync(new([new("zoo", vqa)], examples));
/// Console.WriteLine(server.Address);
/// </code>
/// </example>
public sealed class ExplorerServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200); // with requests that are running when it ends

    private readonly WebApplication app;
    private readonly ModelQueue queue;
    private readonly PictureShelf shelf;

    private ExplorerServer(WebApplication app, ModelQueue queue, PictureShelf shelf, Uri address) =>
        (this.app, this.queue, this.shelf, Address) = (app, queue, shelf, address);

    /// <summary>Where the page is, with the token that lets in.</summary>
    public Uri Address { get; }

    /// <summary>Starts it.</summary>
    /// <param name="options">What it shows, and who may reach it.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="IOException">The port is in use, or the host's address is not this machine's.</exception>
    /// <exception cref="InvalidDataException">Results are of another model or data set.</exception>
    public static async Task<ExplorerServer> StartAsync(ExplorerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var queue = new ModelQueue();
        var shelf = new PictureShelf(options.Examples, options.Pictures);
        try
        {
            var requests = new ModelRequests(options, shelf, queue);
            var table = new DataTable(options, requests, queue);
            var (listen, name) = await Listening(options.Host);
            var gate = new Gate([.. options.ProxyHosts, Environment.MachineName, name], isOpen: !IPAddress.IsLoopback(listen));
            var app = Build(listen, options.Port);
            app.Use(Refusals.Answer);
            app.Use(gate.Pass);
            new Routes(options, shelf, requests, table).Map(app);
            await StartAsync(app, options, cancellationToken);
            var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
            var shown = IPAddress.IsLoopback(listen) ? "127.0.0.1" : name;
            return new(app, queue, shelf, new Uri($"http://{shown}:{port}/?{Gate.Parameter}={gate.Token}"));
        }
        catch
        {
            queue.Dispose();
            shelf.Dispose();
            throw;
        }
    }

    /// <summary>Ends it at once; what was uploaded is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
        queue.Dispose();
        shelf.Dispose();
    }

    private static WebApplication Build(IPAddress listen, int port)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Vilt.Explorer" });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>(); // signals are the program's
        builder.Services.Configure<JsonOptions>(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // so that Refusals tells it
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Routes.MostQuestionBytes;
            kestrel.Limits.MaxConcurrentConnections = 1000;
            kestrel.Listen(listen, port);
        });
        return builder.Build();
    }

    private static async Task StartAsync(WebApplication app, ExplorerOptions options, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception error)
        {
            await app.DisposeAsync();
            if (error is not (IOException or SocketException))
            {
                throw;
            }

            throw new IOException(error is IOException { InnerException: AddressInUseException }
                ? $"Port {options.Port} is in use, perhaps by another vilt explore. End that one, or give another: --port {options.Port + 1}, or --port 0 for any that is free."
                : $"The page can't be served at {options.Host ?? "this machine"}, port {options.Port}: {error.Message} Choose another --host or --port.", error);
        }
    }

    // The name is what the printed address has; of 0.0.0.0, the machine's own.
    private static async Task<(IPAddress Listen, string Name)> Listening(string? host)
    {
        if (host is null)
        {
            return (IPAddress.Loopback, "localhost");
        }

        try
        {
            var address = IPAddress.TryParse(host, out var given) ? given : (await Dns.GetHostAddressesAsync(host))[0];
            return (address, address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? Environment.MachineName : host);
        }
        catch (SocketException error)
        {
            throw new IOException($"--host {host}: this name has no address: {error.Message}", error);
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
