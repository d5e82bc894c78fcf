namespace Vilt.Kernel.Installation;

/// <summary>A kernel spec cannot be written or removed in the place that was named.</summary>
/// <param name="message">The place, what is there, and what to do.</param>
internal sealed class InstallationException(string message) : IOException(message);
