using System.Threading.Channels;

namespace Vilt.Kernel.Handlers;

/// <summary>Answers the requests of one channel, one after the other.</summary>
internal sealed class RequestLoop
{
    private readonly Channel<Request> waiting = Channel.CreateUnbounded<Request>();
    private int aborting;

    public void Add(Request request) => waiting.Writer.TryWrite(request);

    /// <summary>Aborts the requests waiting now to run a cell. Called by the one that failed.</summary>
    public void AbortWaiting() => aborting = waiting.Reader.Count;

    /// <summary>Works until a request has ended the kernel.</summary>
    public async Task RunAsync(Dispatcher dispatcher)
    {
        var goesOn = true;
        while (goesOn)
        {
            var request = await waiting.Reader.ReadAsync();
            var abort = aborting > 0 && request.Type == ExecuteHandler.Type;
            aborting = Math.Max(0, aborting - 1);
            goesOn = await (abort ? dispatcher.AbortAsync(request) : dispatcher.DispatchAsync(request));
        }
    }
}
