using System.Text.Json;
using Vilt.Kernel.Language;
using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Describes what stands at the cursor.</summary>
/// <param name="language">Knows it.</param>
/// <param name="readiness">Pauses for it.</param>
/// <param name="completion">Knows which completion a description may be asked for.</param>
internal sealed class InspectHandler(CellLanguage language, LanguageReadiness readiness, CompleteHandler completion) : IRequestHandler
{
    public string RequestType => "inspect_request";

    public async Task<object?> HandleAsync(Request request)
    {
        var content = request.Content(ProtocolJson.Default.InspectRequest);
        var (code, position) = (content.Code, request.Positions(content.Code).ToUtf16(content.CursorPos));
        if (JupyterExtension.IsFrom(request.Message.Header) && completion.Last is { } last
            && JupyterExtension.Uncut(code, last.Code, last.Choices) is { } whole)
        {
            (code, position) = (whole, whole.Length);
        }

        var found = await readiness.AnswerAsync(() => language.InspectAsync(code, position, content.DetailLevel));
        return new InspectReply(found is not null, found?.Data ?? new Dictionary<string, JsonElement>());
    }
}
