namespace Vilt.Shared;

/// <summary>How much freed memory glibc is told to keep, and whether the user has set that already.</summary>
internal static class FreedMemory
{
    /// <summary>Bytes that are kept for the next use; larger blocks go back to the system.</summary>
    public const int Kept = 1 << 30;

    /// <summary>Whether an environment says how glibc allocates.</summary>
    /// <param name="variables">The names of its variables.</param>
    public static bool IsSetIn(IEnumerable<string> variables) =>
        variables.Any(name => name is "GLIBC_TUNABLES" || name.StartsWith("MALLOC_", StringComparison.Ordinal));
}
