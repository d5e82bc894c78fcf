using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Scripting;
using Vilt.Kernel.Display;
using Vilt.Kernel.Packages;

namespace Vilt.Kernel.Scripting;

/// <summary>Compiles each cell as a submission that continues the one before.</summary>
internal sealed class CellCompiler : IDisposable
{
    /// <summary>What cells can use without a <c>using</c>.</summary>
    public static readonly string[] Imports =
    [
        // .NET Interactive's own list, so that a notebook runs in both hosts or in none.
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(Microsoft.DotNet.Interactive.Kernel).FullName!, typeof(DisplayMethods).FullName!,
    ];

    private static readonly CSharpParseOptions Syntax = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    private readonly ReferencedAssemblies assemblies;
    private readonly CellAssemblies cells;
    private readonly string folder;
    private readonly SessionPackages packages;
    private int submissions;

    public CellCompiler(string folder, SessionPackages packages)
    {
        this.folder = folder;
        this.packages = packages;
        assemblies = new ReferencedAssemblies(packages);
        cells = new CellAssemblies(assemblies);
    }

    /// <summary>
    /// Makes the empty submission that all cells continue. It alone gets the imports and references: later ones inherit them,
    /// while passing them anew would bind them anew for every cell.
    /// </summary>
    public SessionState Start()
    {
        // Scripts default to Debug, several times slower in loops.
        var options = ScriptOptions.Default
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithMetadataResolver(new PackageResolver(new FileReferences(folder)))
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder))
            .WithReferences(assemblies.Defaults())
            .WithImports(Imports);
        var first = (CSharpCompilation)CSharpScript.Create<object>("", options).GetCompilation();
        // Several threads take longer to share a cell's few lines than one takes to compile them.
        return new(first.WithOptions(first.Options.WithConcurrentBuild(false)), [null]);
    }

    /// <summary>Compiles a cell, and loads it and the assemblies that it refers to.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="previous">The submission that ran last.</param>
    /// <exception cref="CellCompilationException">The cell has errors.</exception>
    public CompiledCell Compile(Cell cell, CSharpCompilation previous)
    {
        cells.Outputs = CellOutputs.Current;
        var compilation = Continue(cell, previous);
        var (assembly, symbols) = (new MemoryStream(), new MemoryStream());
        var warnings = Emit(compilation, cell, assembly, symbols);
        (assembly.Position, symbols.Position) = (0, 0);
        assemblies.Load(compilation);
        var run = HasCode(compilation) ? cells.Load(compilation, assembly, symbols) : null;
        return new(compilation, run, [.. warnings, .. OldDefinitions.NotesOn(compilation)]);
    }

    public void Dispose() => cells.Dispose();

    private CSharpCompilation Continue(Cell cell, CSharpCompilation previous)
    {
        var name = $"Submission#{++submissions}";
        var tree = CSharpSyntaxTree.ParseText(cell.Code, Syntax, cell.FileName, Encoding.UTF8); // Debug information wants an encoding.
        return CSharpCompilation.CreateScriptCompilation(
            name, tree, assemblies.NotLoaded(packages.References), previous.Options.WithScriptClassName(name).WithUsings(), previous, typeof(object));
    }

    /// <summary>Compiles, and gives the warnings to show.</summary>
    private static IReadOnlyList<string> Emit(Compilation compilation, Cell cell, MemoryStream assembly, MemoryStream symbols)
    {
        var diagnostics = DiagnosticsOf(compilation, cell, assembly, symbols);
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        return errors.Count == 0
            ? CompilationReport.Warnings(diagnostics)
            : throw new CellCompilationException(CompilationReport.From(errors));
    }

    private static ImmutableArray<Diagnostic> DiagnosticsOf(Compilation compilation, Cell cell, MemoryStream assembly, MemoryStream symbols)
    {
        try
        {
            var options = new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb);
            return compilation.Emit(assembly, symbols, options: options).Diagnostics;
        }
        catch (Exception exception)
        {
            throw new CellCompilationException(CompilationReport.Of(exception.GetBaseException(), cell)); // The compiler's own defect.
        }
    }

    /// <summary>Directives alone are no code, and the compiler counts no submission for them.</summary>
    private static bool HasCode(Compilation compilation) =>
        compilation.SyntaxTrees.Any(tree => ((CompilationUnitSyntax)tree.GetRoot()).Members.Count > 0);
}
