using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vilt.Kernel.Tests;

/// <summary>Libraries for cells to refer to.</summary>
public static class TestAssembly
{
    private static readonly CSharpParseOptions Syntax = new(documentationMode: DocumentationMode.Diagnose);

    // Each is a copy of the whole file, so all tests share them.
    private static readonly PortableExecutableReference[] Framework =
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.*.dll")
            .Where(file => !file.Contains("Native", StringComparison.Ordinal)).Select(file => MetadataReference.CreateFromFile(file)),
    ];

    /// <summary>Prepares a library.</summary>
    public static CSharpCompilation Compile(string name, string code, params IEnumerable<string> references) => CSharpCompilation.Create(
        name, [CSharpSyntaxTree.ParseText(code, Syntax)], [.. Framework, .. references.Select(file => MetadataReference.CreateFromFile(file))],
        new(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>Compiles code to a DLL with its XML documentation beside it, and gives the DLL's path.</summary>
    public static string Emit(string folder, string name, string code, params string[] references)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, name + ".dll");
        using var documentation = File.Create(Path.ChangeExtension(path, ".xml"));
        using var library = File.Create(path);
        Assert.True(Compile(name, code, references).Emit(library, xmlDocumentationStream: documentation).Success);
        return path;
    }
}
