namespace Vilt.Notebooks.Running;

/// <summary>How notebooks are run.</summary>
/// <param name="AllowErrors">Whether to go on after a cell that fails.</param>
/// <param name="Timeout">The longest that a cell may take; null for no limit.</param>
internal sealed record RunOptions(bool AllowErrors, TimeSpan? Timeout);
