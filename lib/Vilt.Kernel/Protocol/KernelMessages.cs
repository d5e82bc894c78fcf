namespace Vilt.Kernel.Protocol;

/// <summary>What the kernel is.</summary>
internal sealed record KernelInfoReply(
    string ProtocolVersion,
    string Implementation,
    string ImplementationVersion,
    LanguageInfo LanguageInfo,
    string Banner,
    IReadOnlyList<HelpLink> HelpLinks,
    bool Debugger = false,
    string Status = "ok");

/// <summary>The language, named as .NET Interactive named it.</summary>
internal sealed record LanguageInfo(
    string Name, string Version, string Mimetype, string FileExtension, string PygmentsLexer, string CodemirrorMode);

/// <summary>An entry of the front end's help menu.</summary>
internal sealed record HelpLink(string Text, string Url);

/// <summary>Whether the kernel works on a request: starting, busy or idle.</summary>
internal sealed record KernelStatus(string ExecutionState);

/// <summary>Tells a new subscriber that it hears the kernel.</summary>
internal sealed record IopubWelcome(string Subscription);

/// <summary>The running cell, if any, has been told to stop.</summary>
internal sealed record InterruptReply(string Status = "ok");

/// <summary>Asks the kernel to end.</summary>
internal sealed record ShutdownRequest(bool Restart = false);

/// <summary>The kernel ends.</summary>
internal sealed record ShutdownReply(bool Restart, string Status = "ok");
