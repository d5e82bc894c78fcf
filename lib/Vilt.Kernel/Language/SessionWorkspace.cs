using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Language;

/// <summary>
/// Roslyn's model of a cell that is being written. It is a submission that continues a single other one, which declares what all earlier
/// cells did: a chain of one project for each cell costs seconds at 200 cells.
/// </summary>
internal sealed class SessionWorkspace : IDisposable
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    private readonly AdhocWorkspace workspace = new(LanguageParts.Host);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly DocumentedReferences references;
    private readonly Func<Compilation?> lastRun;
    private readonly DocumentId session;
    private readonly DocumentId cell;
    private SessionDeclarations declarations = new();
    private Solution solution;
    private Compilation? seen;

    public SessionWorkspace(string folder, Func<Compilation?> lastRun)
    {
        this.lastRun = lastRun;
        references = new DocumentedReferences(folder);
        solution = workspace.CurrentSolution;
        session = AddSubmission("Session", previous: null, folder);
        cell = AddSubmission("Cell", session.ProjectId, folder);
    }

    /// <summary>Opens a cell's code after all that ran so far. The document stays as it is when later cells run.</summary>
    public async Task<Document> OpenAsync(string code, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await CatchUpAsync(cancellation).ConfigureAwait(false);
            return solution.WithDocumentText(cell, SourceText.From(code)).GetDocument(cell)!;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => workspace.Dispose();

    private DocumentId AddSubmission(string name, ProjectId? previous, string folder)
    {
        var project = ProjectId.CreateNewId();
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, usings: CellCompiler.Imports, metadataReferenceResolver: references);
        solution = solution.AddProject(ProjectInfo.Create(
            project, VersionStamp.Default, name, name, LanguageNames.CSharp, compilationOptions: options, parseOptions: Script,
            projectReferences: previous is null ? [] : [new ProjectReference(previous)],
            metadataReferences: DocumentedReferences.Defaults, isSubmission: true));
        var document = DocumentId.CreateNewId(project);
        // The path is what completion of "#r" paths starts from.
        solution = solution.AddDocument(document, name, SourceText.From(""), filePath: Path.Combine(folder, name));
        return document;
    }

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        var newest = lastRun();
        if (newest != seen)
        {
            foreach (var compilation in RunSinceLastTime(newest))
            {
                declarations.Add(compilation);
                AddReferences(compilation);
            }

            seen = newest;
            solution = solution.WithDocumentText(session, SourceText.From(declarations.ToCode()));
        }

        // Kept in this solution, so that all who open a cell share it. Compiled again only after a change.
        await solution.GetProject(cell.ProjectId)!.GetCompilationAsync(cancellation).ConfigureAwait(false);
    }

    private Stack<Compilation> RunSinceLastTime(Compilation? newest)
    {
        var cells = new Stack<Compilation>();
        var submission = newest;
        // The engine's very first submission is empty and has the default references alone.
        for (; Previous(submission) is { } previous && submission != seen; submission = previous)
        {
            cells.Push(submission!);
        }

        if (submission != seen && Previous(seen) is not null)
        {
            declarations = new(); // After an interrupted cell, later ones may continue an earlier state: all are read again.
        }

        return cells;
    }

    private static Compilation? Previous(Compilation? submission) => submission?.ScriptCompilationInfo?.PreviousScriptCompilation;

    private void AddReferences(Compilation compilation)
    {
        var added = compilation.References.OfType<PortableExecutableReference>()
            .Select(reference => references.Find(reference)).OfType<MetadataReference>()
            .Except(solution.GetProject(session.ProjectId)!.MetadataReferences).ToList();
        if (added.Count > 0)
        {
            solution = solution.AddMetadataReferences(session.ProjectId, added).AddMetadataReferences(cell.ProjectId, added);
        }
    }
}
