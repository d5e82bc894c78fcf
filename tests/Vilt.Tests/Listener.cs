namespace Vilt.Tests;

/// <summary>Hears of progress at once, where <see cref="Progress{T}"/> would pass it on later.</summary>
internal sealed class Listener<T>(Action<T> hear) : IProgress<T>
{
    public void Report(T value) => hear(value);
}
