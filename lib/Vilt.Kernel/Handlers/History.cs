using System.IO.Enumeration;

namespace Vilt.Kernel.Handlers;

/// <summary>The code that this process ran, in memory.</summary>
internal sealed class History
{
    /// <summary>The only session: what earlier processes ran is not kept.</summary>
    public const int Session = 1;

    private readonly List<HistoryLine> lines = [];

    public void Add(HistoryLine line) => lines.Add(line);

    /// <summary>The last lines.</summary>
    public IEnumerable<HistoryLine> Tail(int? count) => lines.TakeLast(count ?? lines.Count);

    /// <summary>The lines of a session from one number up to another. Negative numbers count back from the next line, as in IPython.</summary>
    public IEnumerable<HistoryLine> Range(int session, int start, int? stop)
    {
        var next = lines.Count == 0 ? 1 : lines[^1].Number + 1;
        var from = start < 0 ? next + start : start;
        var to = stop is null or 0 ? next : stop < 0 ? next + stop : stop;
        return session is 0 or Session ? lines.Where(line => line.Number >= from && line.Number < to) : [];
    }

    /// <summary>The last lines that match a pattern with <c>*</c> and <c>?</c>, in order.</summary>
    /// <param name="pattern">The pattern, which must match the whole code.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="unique">Whether code that was run more than once appears only where it was run last.</param>
    public IEnumerable<HistoryLine> Search(string pattern, int? count, bool unique)
    {
        var found = lines.Where(line => FileSystemName.MatchesSimpleExpression(pattern, line.Code, ignoreCase: false));
        var kept = unique ? found.Reverse().DistinctBy(line => line.Code).Reverse() : found;
        return kept.TakeLast(count ?? lines.Count);
    }
}
