namespace Vilt.Kernel.Tests.Language;

/// <summary>One session for tests that run no cell in it.</summary>
public sealed class SharedSession : IDisposable
{
    public Session Session { get; } = new();

    public void Dispose() => Session.Dispose();
}
