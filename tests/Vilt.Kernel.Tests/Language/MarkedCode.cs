namespace Vilt.Kernel.Tests.Language;

/// <summary>A cell with a | where the cursor is.</summary>
public sealed record MarkedCode(string Code, int Position)
{
    public static MarkedCode From(string marked)
    {
        var position = marked.IndexOf('|', StringComparison.Ordinal);
        return new(marked.Remove(position, 1), position);
    }
}
