using Vilt.Kernel.Language;
using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Completes code at the cursor.</summary>
internal sealed class CompleteHandler(CellLanguage language) : IRequestHandler
{
    public string RequestType => "complete_request";

    public async Task<object?> HandleAsync(Request request)
    {
        var content = request.Content(ProtocolJson.Default.CompleteRequest);
        var code = content.Code;
        var found = await language.CompleteAsync(code, CodePoints.ToUtf16(code, content.CursorPos ?? code.Length), CancellationToken.None);
        var (start, end) = (CodePoints.FromUtf16(code, found.Start), CodePoints.FromUtf16(code, found.End));
        var types = found.Items.Select(item => new CompletionType(start, end, item.Text, item.Kind, item.Signature));
        return new CompleteReply([.. found.Items.Select(item => item.Text)], start, end, new CompleteMetadata([.. types]));
    }
}
