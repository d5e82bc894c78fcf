using System.Composition.Hosting;
using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis.Host.Mef;

namespace Vilt.Kernel.Language;

/// <summary>
/// What Roslyn's code model is composed of here. Roslyn's own default loads all its types to find its parts, fixes and refactorings among
/// them, and has completion search all references for names that would need another <c>using</c>: choices that a cell can't take.
/// </summary>
internal static class LanguageParts
{
    private static readonly string[] OtherExports = ["ExportCodeFixProviderAttribute", "ExportCodeRefactoringProviderAttribute"];
    private static readonly string[] OtherParts = ["ImportCompletionProvider", "SnippetCompletionProvider", "SnippetProvider", "UnnamedSymbolCompletionProvider"];

    /// <summary>The parts, composed.</summary>
    public static MefHostServices Host { get; } = MefHostServices.Create(
        new ContainerConfiguration().WithParts(MefHostServices.DefaultAssemblies.SelectMany(PartsOf)).CreateContainer());

    private static unsafe List<Type> PartsOf(Assembly assembly)
    {
        assembly.TryGetRawMetadata(out var blob, out var length);
        var metadata = new MetadataReader(blob, length);
        var exports = metadata.CustomAttributes.Select(metadata.GetCustomAttribute).Where(
            attribute => attribute.Parent.Kind == HandleKind.TypeDefinition && IsExport(metadata, attribute.Constructor));
        var types = exports.Select(attribute => metadata.GetTypeDefinition((TypeDefinitionHandle)attribute.Parent));
        var names = types.Select(type => FullName(metadata, type)).Where(name => !OtherParts.Any(part => name.EndsWith(part, StringComparison.Ordinal)));
        return [.. names.Distinct().Select(name => assembly.GetType(name, throwOnError: true)!)];
    }

    private static bool IsExport(MetadataReader metadata, EntityHandle constructor)
    {
        var name = constructor.Kind == HandleKind.MethodDefinition
            ? metadata.GetTypeDefinition(metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()).Name
            : metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type
                ? metadata.GetTypeReference((TypeReferenceHandle)type).Name : default;
        return metadata.GetString(name) is var export && export.StartsWith("Export", StringComparison.Ordinal) && !OtherExports.Contains(export);
    }

    private static string FullName(MetadataReader metadata, TypeDefinition type)
    {
        var name = metadata.GetString(type.Name);
        return !type.GetDeclaringType().IsNil ? $"{FullName(metadata, metadata.GetTypeDefinition(type.GetDeclaringType()))}+{name}"
            : type.Namespace.IsNil ? name : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
