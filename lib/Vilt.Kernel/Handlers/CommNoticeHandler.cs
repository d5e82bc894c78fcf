namespace Vilt.Kernel.Handlers;

/// <summary>Takes messages for comms, which a front end may send before it hears that its comm is closed.</summary>
internal sealed class CommNoticeHandler(string type) : IRequestHandler
{
    public string RequestType => type;

    public Task<object?> HandleAsync(Request request) => Task.FromResult<object?>(null);
}
