namespace Vilt.Explorer;

/// <summary>A request that is refused, with what to do about it.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class Refusal(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;
}
