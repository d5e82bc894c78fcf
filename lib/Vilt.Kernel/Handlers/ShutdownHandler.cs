using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Answers the request to end, also for a restart. The kernel then ends.</summary>
internal sealed class ShutdownHandler(MessageSender sender, CellCanceller canceller) : IRequestHandler
{
    public string RequestType => "shutdown_request";

    public Task<object?> HandleAsync(Request request)
    {
        var reply = new ShutdownReply(request.Content(ProtocolJson.Default.ShutdownRequest).Restart);
        canceller.Interrupt();
        sender.Publish(request.ReplyType, reply, request);
        return Task.FromResult<object?>(reply);
    }
}
