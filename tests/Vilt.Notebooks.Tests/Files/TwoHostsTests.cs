using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Formatting;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Tests.Files;

/// <summary>The notebooks of the series use nothing that only one host understands.</summary>
public sealed class TwoHostsTests : IDisposable
{
    // What both hosts import; the notebooks write out the rest, and what a reader would ask for.
    private static readonly string[] Imports = ["System", "System.Collections.Generic", typeof(Microsoft.DotNet.Interactive.Kernel).FullName!];

    private static readonly JsonSerializerOptions AsVisualStudioCode =
        new() { WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string Students = Path.Combine(Series.Root()!, "notebooks");

    private readonly TestFolder folder = new();

    // The sources, and what students open.
    public static TheoryData<string> Notebooks =>
        [.. Series.Find([Students]).Select(path => Path.GetRelativePath(Students, path).Replace('\\', '/'))];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void The_series_keeps_the_rules_of_both_hosts(string name) => Assert.Empty(TwoHostRules.Check(Read(name)));

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void The_series_writes_its_usings_out(string name)
    {
        var notebook = Read(name);
        Script<object>? script = null;
        foreach (var cell in notebook.Cells.Where(cell => cell.IsRunnable))
        {
            script = script is null ? CSharpScript.Create<object>(cell.Source, Options(notebook.Folder)) : script.ContinueWith<object>(cell.Source);
            Assert.Empty(script.Compile(TestContext.Current.CancellationToken).Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => $"cell {cell.Position}: {found}"));
        }
    }

    /// <summary>Or a student's first Ctrl+S would change every cell: the rules are those of VS Code's extensions/ipynb/src/serializers.ts.</summary>
    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Saved_by_VS_Code_a_notebook_stays_as_it_is(string name)
    {
        var text = File.ReadAllText(Path.Combine(Students, name));
        var notebook = JsonNode.Parse(text)!;
        Assert.NotEqual("csharp", (string)notebook["metadata"]!["language_info"]!["name"]!); // else it removes what the next line adds
        foreach (var cell in notebook["cells"]!.AsArray().Where(cell => (string)cell!["cell_type"]! == "code"))
        {
            cell!["metadata"]!["vscode"] = new JsonObject { ["languageId"] = "csharp" };
        }

        Assert.Equal(text, Sorted(notebook).ToJsonString(AsVisualStudioCode) + "\n");
    }

    [Theory]
    [InlineData("#!markdown\ntext", "magic")]
    [InlineData("var s = \"\"\"\n#!csharp\n\"\"\";", "magic")]
    [InlineData("#r \"nuget: TorchSharp\"", "#r names a file")]
    [InlineData("#r 'a.dll'", "#r names a file")]
    [InlineData("#r \"a.dll\" // why", "#r names a file")]
    [InlineData(" #r \"a.dll\"", "#r names a file")]
    [InlineData("using System.IO;\n#r \"a.dll\"", "before other code")]
    [InlineData("using var file = File.OpenRead(\"a\");", "")]
    [InlineData("await using var file = File.OpenRead(\"a\");", "")]
    public void What_one_host_alone_understands_is_found(string code, string problem)
    {
        var notebook = Notebook.Read(folder.Notebook("a.ipynb", code));
        HostMetadata.Complete(notebook);
        notebook.Metadata["polyglot_notebook"] = JsonNode.Parse("""{"kernelInfo":{"defaultKernelName":"csharp"}}""");
        Assert.Contains(TwoHostRules.Check(notebook), found => found.StartsWith("cell 1:", StringComparison.Ordinal) && found.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Metadata_that_a_host_looks_for_is_missed()
    {
        var problems = TwoHostRules.Check(Notebook.Read(folder.Notebook("a.ipynb", "1")));
        Assert.Contains("notebook: metadata kernelspec.name is \".net-csharp\"", problems);
        Assert.Contains("cell 1: metadata polyglot_notebook.kernelName is \"csharp\"", problems);
    }

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject fields => new JsonObject(
            fields.OrderBy(field => field.Key, StringComparer.Ordinal)
                .Select(field => KeyValuePair.Create(field.Key, field.Value is null ? null : Sorted(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Sorted(item))]),
        _ => node.DeepClone(),
    };

    private static Notebook Read(string name) => Notebook.Read(Path.Combine(Students, name));

    private static ScriptOptions Options(string notebooks) => ScriptOptions.Default
        .WithReferences(
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Concat([typeof(Microsoft.DotNet.Interactive.Kernel).Assembly.Location, typeof(Formatter).Assembly.Location])
            .Select(path => MetadataReference.CreateFromFile(path)))
        .WithImports(Imports)
        .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(notebooks));
}
