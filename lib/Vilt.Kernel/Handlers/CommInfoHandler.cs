using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Says which comms are open: none, since this kernel has no objects to talk to.</summary>
internal sealed class CommInfoHandler : IRequestHandler
{
    public string RequestType => "comm_info_request";

    public Task<object?> HandleAsync(Request request) => Task.FromResult<object?>(new CommInfoReply());
}
