using System.Text.Json;
using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Gives code that was run before.</summary>
internal sealed class HistoryHandler(History history) : IRequestHandler
{
    public string RequestType => "history_request";

    public Task<object?> HandleAsync(Request request)
    {
        var content = request.Content(ProtocolJson.Default.HistoryRequest);
        var lines = content.HistAccessType switch
        {
            "tail" => history.Tail(content.N),
            "range" => history.Range(content.Session, content.Start, content.Stop),
            "search" => history.Search(content.Pattern ?? "*", content.N, content.Unique),
            var other => throw new JsonException($"hist_access_type is {other}, but tail, range or search was expected."),
        };
        object Code(HistoryLine line) => content.Output ? new[] { line.Code, line.Output } : line.Code;
        return Task.FromResult<object?>(new HistoryReply([.. lines.Select(line => new[] { History.Session, line.Number, Code(line) })]));
    }
}
