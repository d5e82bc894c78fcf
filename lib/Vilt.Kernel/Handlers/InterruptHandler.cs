using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Interrupts the running cell. It fails, so the waiting cells are aborted, as after any error.</summary>
internal sealed class InterruptHandler(CellCanceller canceller) : IRequestHandler
{
    public string RequestType => "interrupt_request";

    public Task<object?> HandleAsync(Request request)
    {
        canceller.Interrupt();
        return Task.FromResult<object?>(new InterruptReply());
    }
}
