using System.Text.Json;
using Vilt.Kernel.Protocol;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Handlers;

/// <summary>Brings each request to its handler and sends busy, the handler's outputs, the reply and idle, in this order.</summary>
internal sealed class Dispatcher(MessageSender sender, DroppedMessages dropped, IEnumerable<IRequestHandler> handlers)
{
    private readonly Dictionary<string, IRequestHandler> handlers = handlers.ToDictionary(handler => handler.RequestType);

    /// <returns>Whether the kernel goes on.</returns>
    public Task<bool> DispatchAsync(Request request) => AnswerAsync(request, HandleAsync);

    /// <summary>Answers a request to run a cell without running it.</summary>
    public Task<bool> AbortAsync(Request request) => AnswerAsync(request, _ => Task.FromResult<object?>(new AbortedReply()));

    private async Task<bool> AnswerAsync(Request request, Func<Request, Task<object?>> handle)
    {
        sender.Status("busy", request);
        var reply = await handle(request);
        if (reply is not null)
        {
            sender.Reply(request, reply);
        }

        sender.Status("idle", request);
        return reply is not ShutdownReply;
    }

    private async Task<object?> HandleAsync(Request request)
    {
        if (!handlers.TryGetValue(request.Type, out var handler))
        {
            dropped.Add(request.Channel, $"\"{request.Type}\" is not a type of request that this kernel knows");
            return null;
        }

        try
        {
            return await handler.HandleAsync(request);
        }
        catch (JsonException exception)
        {
            var message = $"{request.Type}: its content cannot be read: {exception.Message}";
            return new ErrorReply("InvalidRequest", message, [message]);
        }
        catch (Exception exception)
        {
            KernelLog.Write($"{request.Type} failed: {exception}");
            return new ErrorReply(exception.GetType().Name, exception.Message, [exception.Message]);
        }
    }
}
