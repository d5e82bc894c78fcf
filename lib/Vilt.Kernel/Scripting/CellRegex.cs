using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Takes <see cref="Regex"/>'s place where cells make or call one, so that a match can be interrupted. The framework has no way to end a
/// match but its time limit: each gets one, too long to matter, which an interrupt moves to now.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public sealed class CellRegex : Regex
{
    private static readonly TimeSpan Limit = TimeSpan.FromDays(20); // Regex takes 24 at most.
    private static readonly FieldInfo? End = typeof(RegexRunner).GetField("_timeoutOccursAt", BindingFlags.Instance | BindingFlags.NonPublic);
    private static readonly ConcurrentDictionary<(string, RegexOptions, TimeSpan?), Regex> Cache = new();
    private static readonly ConditionalWeakTable<RegexRunner, object?> Runners = [];

    private CellRegex(string pattern, RegexOptions options, TimeSpan? matchTimeout)
        : base(pattern, options, matchTimeout ?? Limit) => factory = new Watch(factory!);

    /// <inheritdoc cref="Regex(string, RegexOptions, TimeSpan)"/>
    public static Regex Create(string pattern, RegexOptions options = RegexOptions.None, TimeSpan? matchTimeout = null) =>
        new CellRegex(pattern, options, matchTimeout);

    /// <inheritdoc cref="Regex.IsMatch(string, string, RegexOptions, TimeSpan)"/>
    public static bool IsMatch(string input, string pattern, RegexOptions options = RegexOptions.None, TimeSpan? matchTimeout = null) =>
        Of(pattern, options, matchTimeout).IsMatch(input);

    /// <inheritdoc cref="Regex.Match(string, string, RegexOptions, TimeSpan)"/>
    public static Match Match(string input, string pattern, RegexOptions options = RegexOptions.None, TimeSpan? matchTimeout = null) =>
        Of(pattern, options, matchTimeout).Match(input);

    /// <inheritdoc cref="Regex.Matches(string, string, RegexOptions, TimeSpan)"/>
    public static MatchCollection Matches(
        string input, string pattern, RegexOptions options = RegexOptions.None, TimeSpan? matchTimeout = null) =>
        Of(pattern, options, matchTimeout).Matches(input);

    /// <inheritdoc cref="Regex.Count(string, string, RegexOptions, TimeSpan)"/>
    public static int Count(string input, string pattern, RegexOptions options = RegexOptions.None, TimeSpan? matchTimeout = null) =>
        Of(pattern, options, matchTimeout).Count(input);

    /// <inheritdoc cref="Regex.Split(string, string, RegexOptions, TimeSpan)"/>
    public static string[] Split(string input, string pattern, RegexOptions options = RegexOptions.None, TimeSpan? matchTimeout = null) =>
        Of(pattern, options, matchTimeout).Split(input);

    /// <inheritdoc cref="Regex.Replace(string, string, string, RegexOptions, TimeSpan)"/>
    public static string Replace(
        string input, string pattern, string replacement, RegexOptions options = RegexOptions.None, TimeSpan? matchTimeout = null) =>
        Of(pattern, options, matchTimeout).Replace(input, replacement);

    /// <inheritdoc cref="Regex.Replace(string, string, MatchEvaluator, RegexOptions, TimeSpan)"/>
    public static string Replace(
        string input, string pattern, MatchEvaluator evaluator, RegexOptions options = RegexOptions.None, TimeSpan? matchTimeout = null) =>
        Of(pattern, options, matchTimeout).Replace(input, evaluator);

    /// <summary>
    /// Ends the matches that run, an earlier cell's tasks' too, with a <see cref="RegexMatchTimeoutException"/>.
    /// Those that begin later set their limit anew.
    /// </summary>
    internal static void EndMatches()
    {
        foreach (var (runner, _) in Runners)
        {
            End?.SetValue(runner, 0L);
        }
    }

    private static Regex Of(string pattern, RegexOptions options, TimeSpan? matchTimeout)
    {
        if (Cache.Count > CacheSize)
        {
            Cache.Clear();
        }

        return Cache.GetOrAdd((pattern, options, matchTimeout), key => new CellRegex(key.Item1, key.Item2, key.Item3));
    }

    /// <summary>Remembers the runners, which Regex makes one of for each thread that matches, and uses again.</summary>
    private sealed class Watch(RegexRunnerFactory factory) : RegexRunnerFactory
    {
        private static readonly MethodInfo Create =
            typeof(RegexRunnerFactory).GetMethod(nameof(CreateInstance), BindingFlags.Instance | BindingFlags.NonPublic)!;

        protected override RegexRunner CreateInstance()
        {
            var runner = (RegexRunner)Create.Invoke(factory, null)!;
            Runners.Add(runner, null);
            return runner;
        }
    }
}
