namespace Vilt.Kernel.Wire;

/// <summary>A connection file cannot be used.</summary>
/// <param name="message">The file, the field, and what was expected.</param>
/// <param name="cause">What failed.</param>
public sealed class ConnectionFileException(string message, Exception cause) : IOException(message, cause);
