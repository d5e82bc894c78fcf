namespace Vilt.Downloads;

/// <summary>What to ask a server for.</summary>
/// <param name="Method">GET or HEAD.</param>
/// <param name="Uri">The address.</param>
internal sealed record WebRequest(HttpMethod Method, Uri Uri)
{
    /// <summary>A bearer token, for this address's host alone.</summary>
    internal string? Token { get; init; }

    /// <summary>The first byte wanted.</summary>
    internal long From { get; init; }

    /// <summary>Says of an answer of failure what it means here, or null: it means what it says.</summary>
    internal Func<HttpResponseMessage, string?>? Explain { get; init; }

    /// <summary>Whether a redirect is itself the answer; null: all are followed.</summary>
    internal Func<HttpResponseMessage, bool>? StaysAt { get; init; }
}

/// <summary>A file on a server, and what is known of it beforehand.</summary>
/// <param name="Request">How to ask for it.</param>
/// <param name="Name">What a person calls it.</param>
/// <param name="Size">Its bytes, if that is known.</param>
/// <param name="Hash">Its hash, if that is known.</param>
internal sealed record RemoteFile(WebRequest Request, string Name, long? Size = null, ContentHash? Hash = null);
