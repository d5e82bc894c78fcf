using System.Text.Json;
using Vilt.Kernel.Protocol;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Handlers;

/// <summary>Asks the front end for lines of input, one at a time.</summary>
internal sealed class InputRequests(MessageSender sender) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private TaskCompletionSource<string>? pending;

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public string Ask(Request request, InputRequest question, CancellationToken cancellation)
    {
        turn.Wait(cancellation);
        try
        {
            var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            pending = answer;
            sender.Ask(request, question);
            answer.Task.Wait(cancellation);
            return answer.Task.Result;
        }
        finally
        {
            pending = null;
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Takes an answer. It is dropped if nothing is asked any more.</summary>
    /// <exception cref="MalformedMessageException">The message is not an answer.</exception>
    public void Receive(WireMessage message)
    {
        try
        {
            if (message.Header.MsgType == "input_reply")
            {
                pending?.TrySetResult(message.Content(ProtocolJson.Default.InputReply).Value);
            }
        }
        catch (JsonException exception)
        {
            throw new MalformedMessageException($"its content cannot be read: {exception.Message}");
        }
    }
}
