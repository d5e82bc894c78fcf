using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;

namespace Vilt.Downloads;

/// <summary>
/// Sends requests through the system's proxy settings (HTTP_PROXY, HTTPS_PROXY, NO_PROXY), follows redirects without
/// giving a token to another host, and retries after temporary failures.
/// </summary>
internal sealed class WebClient
{
    private const int MostRedirects = 10, Retries = 5;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // done below, so that the token stays with its host
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    private readonly ResiliencePipeline retries;

    /// <param name="clock">The clock for the waits between attempts; null: the system's.</param>
    internal WebClient(TimeProvider? clock = null) => retries = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<DownloadException>(error => error.IsTransient),
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(0.5),
            UseJitter = true,
            DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as DownloadException)?.RetryAfter),
        })
        .Build();

    /// <summary>The longest that a server may be silent.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Does something over the network, and retries after a while if the failure may be temporary.</summary>
    internal Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellation) =>
        retries.ExecuteAsync(async token => await attempt(token).ConfigureAwait(false), cancellation).AsTask();

    /// <summary>Sends a request once, with its redirects.</summary>
    /// <returns>
    /// The response, its content not read yet; the caller disposes it. Its status is a success, or a redirect that is not followed.
    /// </returns>
    /// <exception cref="DownloadException">There was no response, or it was an error.</exception>
    internal async Task<HttpResponseMessage> SendAsync(WebRequest request, CancellationToken cancellation)
    {
        var uri = request.Uri;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            var response = await SendOnceAsync(request, uri, cancellation).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using var refused = response;
            if (response.Headers.Location is not Uri location || (int)response.StatusCode is < 300 or > 399)
            {
                throw Failure(request, uri, response);
            }

            if (request.StaysAt?.Invoke(response) == true)
            {
                return Kept(response);
            }

            var next = new Uri(uri, location);
            if (next.Scheme != Uri.UriSchemeHttps && (next.Scheme != Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps))
            {
                throw new DownloadException($"{uri.Shown()} was not fetched: it redirects to {next.Shown()}, which is not secure.");
            }

            uri = next;
        }

        throw new DownloadException($"{request.Uri.Shown()} was not fetched: there were more than {MostRedirects} redirects.");
    }

    /// <summary>Reads from a response's content; silence counts as a broken connection.</summary>
    internal async Task<int> ReadAsync(Stream content, Memory<byte> buffer, Uri uri, CancellationToken cancellation)
    {
        try
        {
            return await WithPatience(token => content.ReadAsync(buffer, token).AsTask(), uri, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or (IOException and not DownloadException))
        {
            throw ConnectionProblem.Cut(uri, "the connection broke off", error);
        }
    }

    // The caller wants the headers of the redirect; its content has been released.
    private static HttpResponseMessage Kept(HttpResponseMessage response)
    {
        var kept = new HttpResponseMessage(response.StatusCode) { RequestMessage = response.RequestMessage };
        foreach (var (name, values) in response.Headers)
        {
            kept.Headers.TryAddWithoutValidation(name, values);
        }

        return kept;
    }

    private async Task<HttpResponseMessage> SendOnceAsync(WebRequest request, Uri uri, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(request.Method, uri);
        message.Headers.UserAgent.ParseAdd("vilt-notebooks/0.1");
        message.Headers.AcceptEncoding.ParseAdd("identity"); // lengths and hashes are those of the file itself
        if (request.From > 0)
        {
            message.Headers.Range = new RangeHeaderValue(request.From, null);
        }

        var isSameHost = uri.Authority == request.Uri.Authority && uri.Scheme == request.Uri.Scheme;
        if (request.Token is not null && isSameHost)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", request.Token);
        }

        try
        {
            return await WithPatience(token => Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token), uri, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw ConnectionProblem.Describe(error, uri);
        }
    }

    private async Task<T> WithPatience<T>(Func<CancellationToken, Task<T>> work, Uri uri, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            return await work(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw ConnectionProblem.Cut(uri, $"the server was silent for {Patience.TotalSeconds:0.#} seconds", error);
        }
    }

    private static DownloadException Failure(WebRequest request, Uri uri, HttpResponseMessage response)
    {
        if (request.Explain?.Invoke(response) is string explanation)
        {
            return new(explanation) { Status = response.StatusCode };
        }

        var status = (int)response.StatusCode;
        var said = $"{uri.Shown()} was not fetched: the server answered {status} ({response.ReasonPhrase})";
        var isTransient = response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || status >= 500;
        if (!isTransient)
        {
            return new($"{said}.") { Status = response.StatusCode };
        }

        TimeSpan? wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date > DateTimeOffset.UtcNow ? date - DateTimeOffset.UtcNow : TimeSpan.Zero,
            _ => null,
        };
        return wait > LongestWait
            ? new($"{said} and asks to wait for {wait:c}. Try again after that.") { Status = response.StatusCode }
            : new($"{said} again and again. Try again later.") { Status = response.StatusCode, IsTransient = true, RetryAfter = wait };
    }
}
