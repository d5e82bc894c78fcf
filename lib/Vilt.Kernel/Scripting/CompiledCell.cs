using Microsoft.CodeAnalysis.Scripting;

namespace Vilt.Kernel.Scripting;

/// <summary>A cell that is ready to run.</summary>
/// <param name="Script">The submission.</param>
/// <param name="Run">Runs it among the submissions before it, and puts itself behind them; null for a cell without code.</param>
/// <param name="EndsInValue">Whether the cell ends with an expression that has a value, which is then shown even if it is null.</param>
/// <param name="Warnings">What the compiler warns of, in lines to show.</param>
internal sealed record CompiledCell(Script Script, Func<object?[], Task<object?>>? Run, bool EndsInValue, IReadOnlyList<string> Warnings);
