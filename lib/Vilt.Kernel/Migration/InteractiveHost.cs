using Microsoft.CodeAnalysis.CSharp.Syntax;
using SyntaxNode = Microsoft.CodeAnalysis.SyntaxNode;

namespace Vilt.Kernel.Migration;

/// <summary>Names of .NET Interactive's own objects, which cells written for it may use and this kernel does not have.</summary>
internal static class InteractiveHost
{
    private const string Root = "Microsoft.DotNet.Interactive";

    private static readonly HashSet<string> Types =
    [
        "KernelInvocationContext", "CompositeKernel", "KernelCommand", "KernelEvent", "SubmitCode", "RequestValue", "SendValue", "CSharpKernel",
        "FSharpKernel", "PowerShellKernel", "ProxyKernel", "IKernelExtension", "KernelBuilder", "ChooseKeyValueStoreKernelDirective",
        "AddPackageSource", "AddPackage",
    ];

    private static readonly HashSet<string> Functions =
        [.. typeof(Microsoft.DotNet.Interactive.Kernel).GetMethods().Select(method => method.Name)];

    private static readonly HashSet<string> Namespaces =
        [Root, .. typeof(Microsoft.DotNet.Interactive.Formatting.Formatter).Assembly.GetExportedTypes().Select(type => type.Namespace!)];

    /// <summary>The name of the host's that a piece of syntax writes, or null.</summary>
    public static string? NameIn(SyntaxNode node) => node switch
    {
        UsingDirectiveSyntax { Name: { } name } directive when IsOfHost(directive) => $"{name}",
        IdentifierNameSyntax identifier when Types.Contains(identifier.Identifier.Text) => identifier.Identifier.Text,
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "Kernel" } } access
            when !Functions.Contains(access.Name.Identifier.Text) => $"{access}",
        _ => null,
    };

    /// <summary>What to write instead of such a name.</summary>
    public static string Advice(string name) => $"{name} is part of .NET Interactive's host, which this kernel does not have. " + name switch
    {
        "KernelInvocationContext" => "Write display(x) to show a value.",
        "AddPackageSource" or "AddPackage" => "Write #i \"nuget: folder or URL\" or #r \"nuget: Name, Version\".",
        "SubmitCode" or "Kernel.Root" => "Write the code itself; #!import runs a file, and text.DisplayAs(\"text/markdown\") shows text in a format.",
        _ => "Leave it out; display(x) shows a value, #!import runs a file, and GetInputAsync asks for input.",
    };

    private static bool IsOfHost(UsingDirectiveSyntax directive)
    {
        var name = $"{directive.Name}";
        var isOfType = directive.StaticKeyword != default || directive.Alias is not null;
        return name.StartsWith(Root, StringComparison.Ordinal) && !Namespaces.Contains(name)
            && !(isOfType && Namespaces.Contains(name[..name.LastIndexOf('.')]));
    }
}
