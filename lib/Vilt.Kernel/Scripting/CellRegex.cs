using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Is woven in where cells create a <see cref="Regex"/> or call its static methods, so that a match can be interrupted. The framework can end
/// a match only by its time limit, so an interrupt moves the limit of all running matches to now. To a cell each is a plain
/// <see cref="Regex"/> with the limit that it was created with.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static class CellRegex
{
    internal static readonly MethodInfo NoLimitMethod = ((Delegate)NoLimit).Method;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(20); // Regex takes 24 at most.
    private static readonly FieldInfo? Factory = FieldOf<Regex>("factory");
    private static readonly FieldInfo? Limit = FieldOf<Regex>("internalMatchTimeout");
    private static readonly FieldInfo? HasEnd = FieldOf<RegexRunner>("_checkTimeout");
    private static readonly FieldInfo? End = FieldOf<RegexRunner>("_timeoutOccursAt");
    private static readonly ConcurrentDictionary<(string, RegexOptions, TimeSpan), Regex> Cache = new();
    private static readonly ConditionalWeakTable<RegexRunner, object?> Runners = [];

    /// <summary>The limit of those that are given none.</summary>
    public static TimeSpan NoLimit() => Regex.InfiniteMatchTimeout;

    /// <inheritdoc cref="Regex(string, RegexOptions, TimeSpan)"/>
    public static Regex Create(string pattern, RegexOptions options, TimeSpan matchTimeout)
    {
        var isEndless = matchTimeout == Regex.InfiniteMatchTimeout && Limit is not null;
        // A pattern that is compiled looks at the time only if it has a limit when it is made.
        var regex = new Regex(pattern, options, isEndless ? Longest : matchTimeout);
        if (isEndless)
        {
            Limit!.SetValue(regex, Regex.InfiniteMatchTimeout);
        }

        if (Factory?.GetValue(regex) is RegexRunnerFactory factory)
        {
            Factory.SetValue(regex, new Watch(factory));
        }

        return regex;
    }

    /// <inheritdoc cref="Regex.IsMatch(string, string, RegexOptions, TimeSpan)"/>
    public static bool IsMatch(string input, string pattern, RegexOptions options, TimeSpan matchTimeout) =>
        Of(pattern, options, matchTimeout).IsMatch(input);

    /// <inheritdoc cref="Regex.IsMatch(ReadOnlySpan{char}, string, RegexOptions, TimeSpan)"/>
    public static bool IsMatch(ReadOnlySpan<char> input, string pattern, RegexOptions options, TimeSpan matchTimeout) =>
        Of(pattern, options, matchTimeout).IsMatch(input);

    /// <inheritdoc cref="Regex.Match(string, string, RegexOptions, TimeSpan)"/>
    public static Match Match(string input, string pattern, RegexOptions options, TimeSpan matchTimeout) =>
        Of(pattern, options, matchTimeout).Match(input);

    /// <inheritdoc cref="Regex.Matches(string, string, RegexOptions, TimeSpan)"/>
    public static MatchCollection Matches(string input, string pattern, RegexOptions options, TimeSpan matchTimeout) =>
        Of(pattern, options, matchTimeout).Matches(input);

    /// <inheritdoc cref="Regex.EnumerateMatches(ReadOnlySpan{char}, string, RegexOptions, TimeSpan)"/>
    public static Regex.ValueMatchEnumerator EnumerateMatches(
        ReadOnlySpan<char> input, string pattern, RegexOptions options, TimeSpan matchTimeout) =>
        Of(pattern, options, matchTimeout).EnumerateMatches(input);

    /// <inheritdoc cref="Regex.Count(string, string, RegexOptions, TimeSpan)"/>
    public static int Count(string input, string pattern, RegexOptions options, TimeSpan matchTimeout) =>
        Of(pattern, options, matchTimeout).Count(input);

    /// <inheritdoc cref="Regex.Count(ReadOnlySpan{char}, string, RegexOptions, TimeSpan)"/>
    public static int Count(ReadOnlySpan<char> input, string pattern, RegexOptions options, TimeSpan matchTimeout) =>
        Of(pattern, options, matchTimeout).Count(input);

    /// <inheritdoc cref="Regex.Split(string, string, RegexOptions, TimeSpan)"/>
    public static string[] Split(string input, string pattern, RegexOptions options, TimeSpan matchTimeout) =>
        Of(pattern, options, matchTimeout).Split(input);

    /// <inheritdoc cref="Regex.Replace(string, string, string, RegexOptions, TimeSpan)"/>
    public static string Replace(string input, string pattern, string replacement, RegexOptions options, TimeSpan matchTimeout) =>
        Of(pattern, options, matchTimeout).Replace(input, replacement);

    /// <inheritdoc cref="Regex.Replace(string, string, MatchEvaluator, RegexOptions, TimeSpan)"/>
    public static string Replace(string input, string pattern, MatchEvaluator evaluator, RegexOptions options, TimeSpan matchTimeout) =>
        Of(pattern, options, matchTimeout).Replace(input, evaluator);

    /// <summary>
    /// Ends all running matches, also those of an earlier cell's tasks, with a <see cref="RegexMatchTimeoutException"/>.
    /// Matches that begin later set their own limit.
    /// </summary>
    internal static void EndMatches()
    {
        foreach (var (runner, _) in Runners)
        {
            End?.SetValue(runner, 0L);
            HasEnd?.SetValue(runner, true);
        }
    }

    private static FieldInfo? FieldOf<T>(string name) => typeof(T).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic);

    private static Regex Of(string pattern, RegexOptions options, TimeSpan matchTimeout)
    {
        if (Cache.Count > Regex.CacheSize)
        {
            Cache.Clear();
        }

        return Cache.GetOrAdd((pattern, options, matchTimeout), key => Create(key.Item1, key.Item2, key.Item3));
    }

    /// <summary>Remembers the runners. Regex makes one for each thread that matches, and uses it again.</summary>
    private sealed class Watch(RegexRunnerFactory factory) : RegexRunnerFactory
    {
        private static readonly MethodInfo Make =
            typeof(RegexRunnerFactory).GetMethod(nameof(CreateInstance), BindingFlags.Instance | BindingFlags.NonPublic)!;

        protected override RegexRunner CreateInstance()
        {
            var runner = (RegexRunner)Make.Invoke(factory, null)!;
            Runners.Add(runner, null);
            return runner;
        }
    }
}
