using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vilt.Kernel.Tests;

/// <summary>Libraries for cells to refer to.</summary>
public static class TestAssembly
{
    /// <summary>Compiles code to a DLL with its XML documentation beside it, and gives the DLL's path.</summary>
    public static string Emit(string folder, string name, string code, params string[] references)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, name + ".dll");
        var framework = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.*.dll");
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose))],
            framework.Where(file => !file.Contains("Native", StringComparison.Ordinal)).Concat(references)
                .Select(file => MetadataReference.CreateFromFile(file)),
            new(OutputKind.DynamicallyLinkedLibrary));
        using var documentation = File.Create(Path.ChangeExtension(path, ".xml"));
        using var library = File.Create(path);
        Assert.True(compilation.Emit(library, xmlDocumentationStream: documentation).Success);
        return path;
    }
}
