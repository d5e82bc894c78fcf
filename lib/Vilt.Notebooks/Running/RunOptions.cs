namespace Vilt.Notebooks.Running;

/// <summary>How notebooks are run.</summary>
/// <param name="AllowErrors">Whether to continue after a cell that fails.</param>
/// <param name="Timeout">The longest that a cell may take; null for no limit.</param>
/// <param name="Sandbox">What keeps it from the machine; null to run it as a program of one's own.</param>
internal sealed record RunOptions(bool AllowErrors, TimeSpan? Timeout, Sandbox? Sandbox = null)
{
    /// <summary>Says of a cell that it took longer.</summary>
    public static string TooLong(TimeSpan timeout) => $"the cell took longer than {timeout.TotalSeconds:0.###} s and was stopped";
}
