using System.Net;

namespace Vilt.Downloads;

/// <summary>Something could not be fetched. The message says what, why, and what to do.</summary>
public sealed class DownloadException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What could not be fetched, why, and what to do.</param>
    /// <param name="inner">Its cause.</param>
    public DownloadException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <summary>The server's answer; null where there was none.</summary>
    public HttpStatusCode? Status { get; internal init; }

    /// <summary>Whether trying again may help.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
