using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Interrupts the cell that runs. Cells that wait behind it are aborted when it fails for that, as after any error.</summary>
internal sealed class InterruptHandler(Interruption interruption) : IRequestHandler
{
    public string RequestType => "interrupt_request";

    public Task<object?> HandleAsync(Request request)
    {
        interruption.Interrupt();
        return Task.FromResult<object?>(new InterruptReply());
    }
}
