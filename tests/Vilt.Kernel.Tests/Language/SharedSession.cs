namespace Vilt.Kernel.Tests.Language;

/// <summary>One session for tests that leave no trace in it that others see.</summary>
public sealed class SharedSession : IDisposable
{
    public Session Session { get; } = new();

    public void Dispose() => Session.Dispose();
}
