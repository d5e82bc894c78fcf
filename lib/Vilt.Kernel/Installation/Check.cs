namespace Vilt.Kernel.Installation;

/// <summary>What the doctor found.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Advice">What to do; null where nothing is wrong.</param>
/// <param name="IsNeeded">Whether every front end needs it.</param>
public sealed record Check(string Subject, string Finding, string? Advice, bool IsNeeded);
