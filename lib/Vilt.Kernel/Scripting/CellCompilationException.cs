using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>A cell does not compile.</summary>
internal sealed class CellCompilationException(CellError error) : Exception(error.Message)
{
    public CellError Error { get; } = error;
}
