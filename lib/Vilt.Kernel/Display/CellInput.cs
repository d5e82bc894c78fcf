namespace Vilt.Kernel.Display;

/// <summary>Asks whoever reads the notebook for a line, on behalf of the cell that the calling code belongs to.</summary>
internal static class CellInput
{
    private static readonly AsyncLocal<InputSource?> Source = new();

    /// <summary>How the running cell asks; null where its host cannot.</summary>
    public static InputSource? Current
    {
        get => Source.Value;
        set => Source.Value = value;
    }

    /// <exception cref="InvalidOperationException">Nobody can be asked.</exception>
    public static string Ask(string prompt, bool password)
    {
        var ask = Current ?? throw new InvalidOperationException(
            "This cell asks for input, but it runs where nobody can give any. Run it in a notebook front end that allows input, or set the value in the code.");
        CellOutputs.Current?.Flush(); // What was written before the question is seen before it.
        return ask(prompt, password);
    }
}
