namespace Vilt.Kernel.Handlers;

/// <summary>Answers requests of one type. Before, the kernel says that it is busy; afterwards it sends the reply and says that it is idle.</summary>
internal interface IRequestHandler
{
    /// <summary>The type of the requests.</summary>
    string RequestType { get; }

    /// <summary>Does what is asked.</summary>
    /// <returns>The content of the reply, or null where the protocol knows none.</returns>
    /// <exception cref="System.Text.Json.JsonException">The request's content is not what its type demands.</exception>
    Task<object?> HandleAsync(Request request);
}
