namespace Vilt.Kernel.Protocol;

/// <summary>The language, named as .NET Interactive named it.</summary>
internal sealed record LanguageInfo(
    string Name, string Version, string Mimetype, string FileExtension, string PygmentsLexer, string CodemirrorMode);
