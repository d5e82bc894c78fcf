namespace Vilt.Downloads;

/// <summary>Says in plain words why a server could not be reached.</summary>
internal static class ConnectionProblem
{
    /// <summary>A failure to send a request or to read the start of its response.</summary>
    internal static DownloadException Describe(HttpRequestException error, Uri uri)
    {
        string host = uri.Authority, why = ShownAddress.WithoutSecrets(error.GetBaseException().Message.TrimEnd('.'));
        var (message, isTransient) = error.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => ($"{host} can't be found: is this computer online, and is a proxy needed (HTTPS_PROXY)?", false),
            HttpRequestError.SecureConnectionError => ($"{host} has no certificate that this computer trusts ({why})", false),
            HttpRequestError.ProxyTunnelError => ($"the proxy did not connect to {host}: see HTTPS_PROXY ({why})", false),
            HttpRequestError.ConnectionError => ($"no connection to {host} ({why})", true),
            _ => ($"{host} broke off the connection ({why})", true),
        };
        return new($"{uri.Shown()} was not fetched: {message}.", error) { IsTransient = isTransient };
    }

    /// <summary>A connection that ended, or went silent, in the middle of a response.</summary>
    internal static DownloadException Cut(Uri uri, string how, Exception? error = null) =>
        new($"{uri.Shown()} was not fetched completely: {how}. Try again: what has arrived is kept.", error) { IsTransient = true };
}
