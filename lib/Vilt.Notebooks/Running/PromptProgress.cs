namespace Vilt.Notebooks.Running;

/// <summary>Reports at once and in order, which <see cref="Progress{T}"/> does not.</summary>
internal sealed class PromptProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
