using System.Text.Json;
using Vilt.Kernel.Language;
using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Describes what stands at the cursor.</summary>
internal sealed class InspectHandler(CellLanguage language) : IRequestHandler
{
    public string RequestType => "inspect_request";

    public async Task<object?> HandleAsync(Request request)
    {
        var content = request.Content(ProtocolJson.Default.InspectRequest);
        var code = content.Code;
        var position = CodePoints.ToUtf16(code, content.CursorPos ?? code.Length);
        var found = await language.InspectAsync(code, position, content.DetailLevel, CancellationToken.None);
        return new InspectReply(found is not null, found?.Data ?? new Dictionary<string, JsonElement>());
    }
}
