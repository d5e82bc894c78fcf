namespace Vilt.Downloads;

/// <summary>A request to a server.</summary>
/// <param name="Method">GET or HEAD.</param>
/// <param name="Uri">The address.</param>
internal sealed record WebRequest(HttpMethod Method, Uri Uri)
{
    /// <summary>A bearer token, only for this address's host.</summary>
    internal string? Token { get; init; }

    /// <summary>The first byte wanted.</summary>
    internal long From { get; init; }

    /// <summary>Says what an error response means here, or null for what it says itself.</summary>
    internal Func<HttpResponseMessage, string?>? Explain { get; init; }

    /// <summary>Whether a redirect is itself the response; null: all are followed.</summary>
    internal Func<HttpResponseMessage, bool>? StaysAt { get; init; }
}

/// <summary>A file on a server, and what is known about it beforehand.</summary>
/// <param name="Request">How to ask for it.</param>
/// <param name="Name">Its name in messages.</param>
/// <param name="Size">Its size in bytes, if known.</param>
/// <param name="Hash">Its hash, if known.</param>
internal sealed record RemoteFile(WebRequest Request, string Name, long? Size = null, ContentHash? Hash = null);
