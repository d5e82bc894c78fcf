using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Vilt.Kernel.Display;
using Vilt.Kernel.Packages;

namespace Vilt.Kernel.Scripting;

/// <summary>Compiles each cell as a submission that continues the one before.</summary>
internal sealed class CellCompiler : IDisposable
{
    /// <summary>What cells use without saying so.</summary>
    public static readonly string[] Imports =
    [
        // .NET Interactive's own list, so that a notebook runs in both hosts or in none.
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(NotebookFunctions).FullName!, typeof(DisplayMethods).FullName!,
    ];

    private readonly InteractiveAssemblyLoader loader = new();
    private readonly ReferencedAssemblies assemblies;
    private readonly ScriptOptions options;

    private readonly SessionPackages packages;

    public CellCompiler(string folder, SessionPackages packages)
    {
        this.packages = packages;
        assemblies = new ReferencedAssemblies(loader);
        // Scripts default to Debug, several times slower in loops. The debug information gives exceptions their line of the cell.
        options = ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithMetadataResolver(new PackageResolver(ScriptMetadataResolver.Default.WithBaseDirectory(folder)))
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder))
            .WithReferences(Array.Empty<MetadataReference>())
            .WithImports(Array.Empty<string>());
    }

    /// <summary>
    /// Runs the empty submission that all cells continue. It alone gets the imports and references: later ones inherit them,
    /// while passing them anew would bind them anew for every cell.
    /// </summary>
    public ScriptState<object> Start()
    {
        var first = options.WithImports(Imports).WithReferences(assemblies.Defaults());
        return CSharpScript.Create<object>("", first, assemblyLoader: loader).RunAsync().GetAwaiter().GetResult();
    }

    /// <summary>Compiles a cell and loads the assemblies that it refers to.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="previous">The submission that ran last.</param>
    /// <exception cref="CellCompilationException">The cell has errors.</exception>
    public CompiledCell Compile(Cell cell, Script previous)
    {
        var its = options.WithFilePath(cell.FileName).WithReferences(assemblies.NotLoaded(packages.References));
        var script = WithoutErrors(code => previous.ContinueWith<object>(code, its), cell);
        var compilation = script.GetCompilation();
        assemblies.Load(compilation);
        return new(script, EndsInValue(compilation));
    }

    public void Dispose() => loader.Dispose();

    private static Script<object> WithoutErrors(Func<string, Script<object>> continueWith, Cell cell)
    {
        try
        {
            return Checked(continueWith, cell);
        }
        catch (Exception exception) when (exception is not CellCompilationException)
        {
            throw new CellCompilationException(CompilationReport.Of(exception.GetBaseException(), cell)); // The compiler's own defect.
        }
    }

    private static Script<object> Checked(Func<string, Script<object>> continueWith, Cell cell)
    {
        var written = continueWith(cell.Code);
        var script = continueWith(InterruptChecks.Insert(written.GetCompilation()));
        if (ErrorsOf(script).Count > 0)
        {
            script = written; // Its errors have the columns that the user sees, and if it has none, it runs without checks.
            var errors = ErrorsOf(written);
            if (errors.Count > 0)
            {
                throw new CellCompilationException(CompilationReport.From(errors));
            }
        }

        return script;
    }

    private static List<Diagnostic> ErrorsOf(Script script) =>
        script.Compile().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();

    private static bool EndsInValue(Compilation compilation)
    {
        var tree = compilation.SyntaxTrees.Last();
        return tree.GetRoot() is CompilationUnitSyntax { Members: [.., GlobalStatementSyntax { Statement: ExpressionStatementSyntax last }] }
            && last.SemicolonToken.IsMissing
            && compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type?.SpecialType != SpecialType.System_Void;
    }
}
