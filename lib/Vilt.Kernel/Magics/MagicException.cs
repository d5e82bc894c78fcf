namespace Vilt.Kernel.Magics;

/// <summary>A magic command can't do what its line asks for.</summary>
/// <param name="message">What is wrong and what to do, in one sentence.</param>
internal sealed class MagicException(string message) : Exception(message);
