namespace Vilt.Notebooks.Running;

/// <summary>How one notebook's run ended.</summary>
/// <param name="Name">The notebook.</param>
/// <param name="Time">How long it took, page included.</param>
/// <param name="Failure">What went wrong, or null.</param>
internal sealed record NotebookResult(string Name, TimeSpan Time, string? Failure)
{
    private const int LongestName = 60;
    private const int LongestReason = 100;

    /// <summary>Writes a table of several results, a line each.</summary>
    public static void Write(IReadOnlyList<NotebookResult> results, TextWriter output)
    {
        if (results.Count < 2)
        {
            return;
        }

        var width = Math.Min(LongestName, results.Max(result => result.Name.Length));
        foreach (var (name, time, failure) in results)
        {
            var state = failure is null ? "done  " : "failed";
            output.WriteLine($"{state}  {name.PadRight(width)}  {time.TotalSeconds,7:0.0} s  {Short(failure ?? "")}".TrimEnd());
        }
    }

    private static string Short(string reason)
    {
        var line = reason.ReplaceLineEndings(" ");
        return line.Length <= LongestReason ? line : line[..LongestReason] + "…";
    }
}
