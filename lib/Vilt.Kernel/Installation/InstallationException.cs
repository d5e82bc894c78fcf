namespace Vilt.Kernel.Installation;

/// <summary>A kernel spec cannot be put or removed where it was asked for.</summary>
/// <param name="message">The place, what is there, and what to do.</param>
internal sealed class InstallationException(string message) : IOException(message);
