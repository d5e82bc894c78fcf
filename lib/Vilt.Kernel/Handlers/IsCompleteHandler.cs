using Vilt.Kernel.Language;
using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Says whether code can be run as it is.</summary>
internal sealed class IsCompleteHandler(CellLanguage language) : IRequestHandler
{
    public string RequestType => "is_complete_request";

    public Task<object?> HandleAsync(Request request)
    {
        var status = language.IsComplete(request.Content(ProtocolJson.Default.IsCompleteRequest).Code);
        return Task.FromResult<object?>(new IsCompleteReply(status.Status, status.Status == "incomplete" ? status.Indent : null));
    }
}
