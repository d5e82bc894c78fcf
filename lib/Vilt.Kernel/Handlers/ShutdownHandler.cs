using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Answers the request to end, be it for a restart, after which the kernel does.</summary>
internal sealed class ShutdownHandler(MessageSender sender, Interruption interruption) : IRequestHandler
{
    public string RequestType => "shutdown_request";

    public Task<object?> HandleAsync(Request request)
    {
        var reply = new ShutdownReply(request.Content(ProtocolJson.Default.ShutdownRequest).Restart);
        interruption.Interrupt();
        sender.Publish(request.ReplyType, reply, request);
        return Task.FromResult<object?>(reply);
    }
}
