using Microsoft.CodeAnalysis.Scripting;

namespace Vilt.Kernel.Scripting;

/// <summary>A cell that is ready to run.</summary>
/// <param name="Script">The submission.</param>
/// <param name="EndsInValue">Whether the cell ends with an expression that has a value, which is then shown even if it is null.</param>
internal sealed record CompiledCell(Script<object> Script, bool EndsInValue);
