using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Closes a comm that a front end opens, as the protocol demands of a kernel that does not know its target.</summary>
internal sealed class CommOpenHandler(MessageSender sender) : IRequestHandler
{
    public string RequestType => "comm_open";

    public Task<object?> HandleAsync(Request request)
    {
        var open = request.Content(ProtocolJson.Default.CommOpen);
        sender.Publish("comm_close", new CommClose(open.CommId), request);
        return Task.FromResult<object?>(null);
    }
}
