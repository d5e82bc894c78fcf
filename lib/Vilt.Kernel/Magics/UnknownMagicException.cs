namespace Vilt.Kernel.Magics;

/// <summary>A line names no command of this kernel.</summary>
/// <param name="message">What to do instead, in one sentence.</param>
/// <param name="line">The cell's 1-based line.</param>
internal sealed class UnknownMagicException(string message, int line) : Exception(message)
{
    public int Line { get; } = line;
}
