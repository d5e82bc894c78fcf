using Vilt.Kernel.Language;
using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Completes code at the cursor.</summary>
internal sealed class CompleteHandler(CellLanguage language, LanguageReadiness readiness) : IRequestHandler
{
    public string RequestType => "complete_request";

    /// <summary>The cell that was completed last, and its choices.</summary>
    public (string Code, Completions Choices)? Last { get; private set; }

    public async Task<object?> HandleAsync(Request request)
    {
        var content = request.Content(ProtocolJson.Default.CompleteRequest);
        var code = content.Code;
        var positions = request.Positions(code);
        var found = await readiness.AnswerAsync(() => language.CompleteAsync(code, positions.ToUtf16(content.CursorPos)));
        Last = (code, found);
        var (start, end) = (positions.FromUtf16(found.Start), positions.FromUtf16(found.End));
        var isJupyterExtension = JupyterExtension.IsFrom(request.Message.Header);
        var types = found.Items.Select(item => new CompletionType(
            start, end, item.Text, isJupyterExtension ? JupyterExtension.WordFor(item.Kind) : item.Kind, item.Signature));
        return new CompleteReply([.. found.Items.Select(item => item.Text)], start, end, new CompleteMetadata([.. types]));
    }
}
