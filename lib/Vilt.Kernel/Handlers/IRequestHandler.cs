namespace Vilt.Kernel.Handlers;

/// <summary>Answers requests of one type. The kernel tells that it is busy before, and sends the reply and that it is idle after.</summary>
internal interface IRequestHandler
{
    /// <summary>The type of the requests.</summary>
    string RequestType { get; }

    /// <summary>Does what is asked.</summary>
    /// <returns>The content of the reply, or null where the protocol knows none.</returns>
    /// <exception cref="System.Text.Json.JsonException">The request's content is not what its type demands.</exception>
    Task<object?> HandleAsync(Request request);
}
