namespace Vilt.Kernel.Installation;

/// <summary>What the doctor found.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Finding">What is there, or is not.</param>
/// <param name="Advice">What to do; null where all is well.</param>
/// <param name="IsNeeded">Whether no front end can do without.</param>
public sealed record Check(string Subject, string Finding, string? Advice, bool IsNeeded);
