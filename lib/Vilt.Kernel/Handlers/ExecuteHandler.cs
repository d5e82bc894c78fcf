using Vilt.Kernel.Display;
using Vilt.Kernel.Protocol;
using Vilt.Kernel.Scripting;
using Vilt.Kernel.Supervision;

namespace Vilt.Kernel.Handlers;

/// <summary>Runs cells.</summary>
internal sealed class ExecuteHandler(
    CSharpEngine engine, MessageSender sender, History history, CellCanceller canceller, InputRequests inputs, LanguageReadiness readiness)
    : IRequestHandler
{
    public const string Type = "execute_request";
    private int executionCount;

    /// <summary>Called when a cell fails and the waiting ones must not run.</summary>
    public required Action AbortWaiting { get; init; }

    /// <summary>Called with each cell that starts, and with null when it has ended.</summary>
    public required Action<RunningCell?> Watch { get; init; }

    public string RequestType => Type;

    public async Task<object?> HandleAsync(Request request)
    {
        var content = request.Content(ProtocolJson.Default.ExecuteRequest);
        var cell = Number(request, content);
        if (!content.Silent)
        {
            sender.Publish("execute_input", new ExecuteInput(content.Code, cell.Number), request);
        }

        readiness.CellStarts();
        using var cancellation = new CancellationTokenSource();
        canceller.Running(cancellation);
        Watch(new(request.Message.Identities, request.Message.HeaderJson, cell.Number));
        try
        {
            var stop = cancellation.Token;
            InputSource? input = content.AllowStdin ? (prompt, password) => inputs.Ask(request, new(prompt, password), stop) : null;
            return await RunAsync(request, content, cell with { Input = input }, stop);
        }
        finally
        {
            canceller.Running(null);
            Watch(null);
            readiness.CellEnded();
        }
    }

    /// <summary>Silent runs, and those that are not kept in the history, have the number of the cell before them.</summary>
    private Cell Number(Request request, ExecuteRequest content)
    {
        var id = request.Message.Metadata(ProtocolJson.Default.ExecuteMetadata).CellId ?? request.Message.Header.MsgId;
        var stored = content.StoreHistory && !content.Silent;
        return new Cell(id, stored ? ++executionCount : executionCount, content.Code);
    }

    private async Task<object?> RunAsync(Request request, ExecuteRequest content, Cell cell, CancellationToken cancellation)
    {
        var messages = new CellMessages(sender, request, cell.Number, content.Silent);
        var error = await engine.RunAsync(cell, messages.Publish, cancellation);
        if (content.StoreHistory && !content.Silent)
        {
            history.Add(new(cell.Number, content.Code, messages.ValueText));
        }

        if (error is null)
        {
            return new ExecuteReply(
                cell.Number, await UserExpressions.EvaluateAsync(engine, cell, content.UserExpressions, cancellation));
        }

        if (content.StopOnError)
        {
            AbortWaiting();
        }

        return new ExecuteErrorReply(cell.Number, error.Name, error.Message, error.Traceback);
    }
}
