using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>Tells an exception by its message and the places in the cells that led to it.</summary>
internal static partial class ExceptionReport
{
    private const int MostFramesOutsideCells = 5;

    // Runaway recursion leaves hundreds of thousands of frames: those at both ends tell enough, in a moment.
    private const int FramesLookedAt = 100;
    private const int PlacesShown = 10;

    public static CellError From(Exception exception)
    {
        var wrappers = new List<Exception> { exception };
        while (Unwrap(wrappers[^1]) is { } inner)
        {
            wrappers.Add(inner);
        }

        var cause = wrappers[^1];
        // The innermost exception knows only the frames below the one that wrapped it.
        var frames = wrappers.AsEnumerable().Reverse().SelectMany(FramesOf).ToList();
        List<string> lines = [$"{cause.GetType().FullName}: {cause.Message}", .. Places(frames)];
        for (var inner = cause.InnerException; inner is not null; inner = inner.InnerException)
        {
            lines.Add($"caused by {inner.GetType().FullName}: {inner.Message}");
            lines.AddRange(FramesOf(inner).Where(IsInCell).Select(frame => "   at " + Describe(frame)));
        }

        return new(cause.GetType().Name, cause.Message, lines, frames.LastOrDefault(IsInCell)?.GetFileLineNumber());
    }

    /// <summary>The exception behind one that says nothing itself.</summary>
    private static Exception? Unwrap(Exception exception) => exception switch
    {
        TypeInitializationException or TargetInvocationException => exception.InnerException,
        AggregateException { InnerExceptions.Count: 1 } => exception.InnerException,
        _ => null,
    };

    private static IEnumerable<StackFrame> FramesOf(Exception exception) =>
        Ends(new StackTrace(exception, fNeedFileInfo: true).GetFrames(), FramesLookedAt).Where(frame => frame.GetMethod() is { } method && !IsHidden(method));

    private static bool IsHidden(MethodBase method) =>
        method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)
        || method.DeclaringType?.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false) == true;

    /// <summary>The frames in cells, and of the others those that a cell called.</summary>
    private static List<string> Places(List<StackFrame> frames)
    {
        var places = frames.Where((frame, i) => IsInCell(frame) || (i + 1 < frames.Count && IsInCell(frames[i + 1]))).ToList();
        if (places.Count == 0)
        {
            places = frames.Take(MostFramesOutsideCells).ToList();
        }

        var shown = Ends(places, PlacesShown).Select(frame => "   at " + Describe(frame)).ToList();
        return shown.Count == places.Count ? shown : [.. shown[..PlacesShown], "   …", .. shown[PlacesShown..]];
    }

    private static IEnumerable<StackFrame> Ends(IReadOnlyCollection<StackFrame> frames, int each) =>
        frames.Count <= 2 * each ? frames : frames.Take(each).Concat(frames.TakeLast(each));

    private static bool IsInCell(StackFrame frame) => Cell.NameOf(frame.GetFileName()) is not null;

    private static string Describe(StackFrame frame)
    {
        var method = frame.GetMethod()!;
        if (!IsInCell(frame))
        {
            return $"{method.DeclaringType?.FullName}.{method.Name}";
        }

        var place = $"{Cell.NameOf(frame.GetFileName())}, line {frame.GetFileLineNumber()}";
        return NameInCell(method) is { } name ? $"{name} in {place}" : place;
    }

    /// <summary>The method's name as the cell has it, or null for the cell's own statements and lambdas among them.</summary>
    private static string? NameInCell(MethodBase method)
    {
        // Async methods run in a generated class named <Method>d__1, local functions are named <Method>g__Local|0.
        var name = method.Name == "MoveNext" ? method.DeclaringType!.Name : method.Name;
        if (!name.StartsWith('<'))
        {
            return name;
        }

        var match = GeneratedName().Match(name);
        return match.Success ? match.Groups["name"].Value : null;
    }

    [GeneratedRegex(@"(?:g__(?<name>\w+)\||^<(?<name>\w+)>d__)")]
    private static partial Regex GeneratedName();
}
