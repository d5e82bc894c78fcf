using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Formatting;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace Vilt.Notebooks.Pages;

/// <summary>
/// Colors C# cells by Roslyn's own classifier. Cells are given in order, since each can use the names of the earlier ones.
/// </summary>
internal sealed class CodeHighlighter : IDisposable
{
    private static readonly string[] Imports = // those of the kernel's cells
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    private readonly AdhocWorkspace workspace =
        new(MefHostServices.Create([typeof(Workspace).Assembly, typeof(CSharpFormattingOptions).Assembly]));

    private readonly CSharpCompilationOptions options;
    private Solution solution;
    private ProjectId? previous;

    /// <summary>Starts with no cell.</summary>
    /// <param name="folder">Where relative <c>#r</c> paths start.</param>
    public CodeHighlighter(string folder)
    {
        solution = workspace.CurrentSolution;
        options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: Imports)
            .WithMetadataReferenceResolver(ScriptMetadataResolver.Default.WithBaseDirectory(folder));
    }

    /// <summary>Gives a cell's code as HTML.</summary>
    public async Task<string> HighlightAsync(string code)
    {
        var (before, last) = (solution, previous);
        try
        {
            return ToHtml(code, await Classifier.GetClassifiedSpansAsync(AddCell(code), new TextSpan(0, code.Length)));
        }
        catch (Exception) // Roslyn's own errors: after "var (a, b) = x switch { … }" at the top level of a script it fails on a.
        {
            (solution, previous) = (before, last); // Otherwise it would make the cells that follow fail, too.
            return WebUtility.HtmlEncode(code);
        }
    }

    public void Dispose() => workspace.Dispose();

    /// <summary>Adds a cell as a submission of its own that continues the previous one.</summary>
    private Document AddCell(string code)
    {
        var project = ProjectId.CreateNewId();
        var first = previous is null;
        solution = solution.AddProject(ProjectInfo.Create(
            project, VersionStamp.Default, "Cell", "Cell", LanguageNames.CSharp, compilationOptions: options, parseOptions: Script,
            projectReferences: first ? [] : [new ProjectReference(previous!)],
            metadataReferences: first ? FrameworkReferences() : [], isSubmission: true));
        previous = project;
        var document = DocumentId.CreateNewId(project);
        solution = solution.AddDocument(document, "Cell", SourceText.From(code));
        return solution.GetDocument(document)!;
    }

    private static IEnumerable<MetadataReference> FrameworkReferences() =>
        Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Where(path => !path.Contains(".Native.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));

    private static string ToHtml(string code, IEnumerable<ClassifiedSpan> spans)
    {
        var html = new StringBuilder();
        var position = 0;
        foreach (var span in spans.OrderBy(span => span.TextSpan.Start))
        {
            if (span.TextSpan.Start < position || StyleOf(span.ClassificationType) is not { } style)
            {
                continue;
            }

            html.Append(WebUtility.HtmlEncode(code[position..span.TextSpan.Start]));
            var text = WebUtility.HtmlEncode(code[span.TextSpan.Start..span.TextSpan.End]);
            html.Append($"<span class=\"{style}\">{text}</span>");
            position = span.TextSpan.End;
        }

        return html.Append(WebUtility.HtmlEncode(code[position..])).ToString();
    }

    private static string? StyleOf(string classification) => classification switch
    {
        ClassificationTypeNames.Keyword or ClassificationTypeNames.ControlKeyword => "k",
        ClassificationTypeNames.PreprocessorKeyword => "k",
        ClassificationTypeNames.StringLiteral or ClassificationTypeNames.VerbatimStringLiteral => "s",
        ClassificationTypeNames.StringEscapeCharacter => "s",
        ClassificationTypeNames.NumericLiteral => "n",
        ClassificationTypeNames.ClassName or ClassificationTypeNames.RecordClassName or ClassificationTypeNames.StructName
            or ClassificationTypeNames.RecordStructName or ClassificationTypeNames.InterfaceName or ClassificationTypeNames.EnumName
            or ClassificationTypeNames.DelegateName or ClassificationTypeNames.TypeParameterName => "t",
        ClassificationTypeNames.MethodName or ClassificationTypeNames.ExtensionMethodName => "m",
        _ when classification.Contains("comment", StringComparison.Ordinal) => "c",
        _ => null,
    };
}
