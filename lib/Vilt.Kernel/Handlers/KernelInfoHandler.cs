using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Says what the kernel is. Front ends wait for this answer, so nothing here loads the compiler.</summary>
internal sealed class KernelInfoHandler : IRequestHandler
{
    /// <summary>The newest version of C# that the compiler knows; cells are compiled as that.</summary>
    private const string LanguageVersion = "15.0";

    private const string MimeType = "text/x-csharp";

    private static readonly KernelInfoReply Reply = new(
        MessageHeader.ProtocolVersion,
        Implementation: "vilt",
        ImplementationVersion: typeof(KernelInfoHandler).Assembly.GetName().Version!.ToString(fieldCount: 3),
        new LanguageInfo("C#", LanguageVersion, MimeType, FileExtension: ".cs", PygmentsLexer: "csharp", CodemirrorMode: MimeType),
        Banner: $"C# {LanguageVersion} on .NET {Environment.Version}",
        [new("C# language", "https://learn.microsoft.com/dotnet/csharp/"), new(".NET library", "https://learn.microsoft.com/dotnet/api/")]);

    public string RequestType => "kernel_info_request";

    public Task<object?> HandleAsync(Request request) => Task.FromResult<object?>(Reply);
}
