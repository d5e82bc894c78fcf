using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>Describes an exception by its message and the places in the cells that led to it.</summary>
internal static partial class ExceptionReport
{
    private const int MostFramesOutsideCells = 5;

    // An endless recursion leaves hundreds of thousands of frames, and each takes time to read: only those at both ends are read.
    private const int FramesRead = 100;

    // Of an endless recursion: the calls before it, and the last ones.
    private const int FirstFrames = 20;
    private const int LastFrames = 10;

    public static CellError From(Exception exception)
    {
        List<Exception> chain = [exception];
        while (Unwrap(chain[^1]) is { } inner)
        {
            chain.Add(inner);
        }

        var cause = chain[^1];
        if (cause is FormattingException { InnerException: { } thrown })
        {
            chain.Add(thrown); // Says what was to be shown, while the places are those of the formatter's own exception.
        }

        // The innermost exception knows only the frames below the one that wrapped it.
        var frames = chain.AsEnumerable().Reverse().SelectMany(FramesOf).ToList();
        var message = MessageOf(cause);
        List<string> lines = [$"{NameOf(cause)}: {message}", .. Places(frames)];
        for (var inner = cause.InnerException; inner is not null; inner = inner.InnerException)
        {
            lines.Add($"caused by {NameOf(inner)}: {MessageOf(inner)}");
        }

        return new(cause.GetType().Name, message, lines, frames.LastOrDefault(frame => frame.IsInCell)?.Line);
    }

    /// <summary>Describes a C++ exception that ended a thread.</summary>
    /// <param name="message">What it says.</param>
    /// <param name="trace">Where the thread is.</param>
    public static CellError OfNative(string message, StackTrace trace)
    {
        var type = typeof(ExternalException); // What TorchSharp throws for those that it catches.
        var frames = Ends(trace.GetFrames()).Where(IsShown).Select(TracedFrame.From).ToList();
        var said = WithoutNativeFrames(message);
        List<string> lines =
        [
            $"{type.FullName}: {said}", .. Places(frames), "It is a C++ exception that the library does not catch, and C# cannot catch it.",
        ];
        return new(type.Name, said, lines, frames.LastOrDefault(frame => frame.IsInCell)?.Line);
    }

    /// <summary>An exception's message, without the C++ frames that torch adds. The exception may be a cell's own class whose message throws.</summary>
    private static string MessageOf(Exception exception)
    {
        try
        {
            return CellClass().Replace(WithoutNativeFrames(exception.Message ?? ""), "");
        }
        catch (Exception thrown)
        {
            return $"(It has no message: reading it threw {NameOf(thrown)}.)";
        }
    }

    /// <summary>The name of its type, without the class that the compiler makes of a cell.</summary>
    private static string NameOf(Exception exception) => CellClass().Replace(exception.GetType().FullName!, "");

    private static string WithoutNativeFrames(string message)
    {
        const string NativeFrames = "\nException raised from ";
        return message.IndexOf(NativeFrames, StringComparison.Ordinal) is > 0 and var end ? message[..end] : message;
    }

    /// <summary>The cause of an exception that only wraps another.</summary>
    private static Exception? Unwrap(Exception exception) => exception switch
    {
        TypeInitializationException or TargetInvocationException => exception.InnerException,
        AggregateException { InnerExceptions.Count: 1 } => exception.InnerException,
        _ => null,
    };

    private static List<TracedFrame> FramesOf(Exception exception)
    {
        var frames = Ends(new StackTrace(exception, fNeedFileInfo: true).GetFrames()).Where(IsShown).Select(TracedFrame.From).ToList();
        if (CellLine.Of(exception) is ({ } thrown, var statement) && frames is [{ IsInCell: true } top, ..])
        {
            // An inlined method has no frame of its own; its caller's line is then that of the statement, if there is one.
            var line = statement is { } begun && begun.Cell == top.Cell ? begun.Line : (int?)null;
            frames = top.Cell == thrown.Cell
                ? [top with { Line = thrown.Line }, .. frames[1..]]
                : [new(Method: null, thrown.Cell, thrown.Line), top with { Line = line }, .. frames[1..]];
        }

        return frames;
    }

    private static bool IsShown(StackFrame frame) => frame.GetMethod() is { } method && !IsHidden(method);

    private static IEnumerable<StackFrame> Ends(StackFrame[] frames) =>
        frames.Length <= 2 * FramesRead ? frames : frames.Take(FramesRead).Concat(frames.TakeLast(FramesRead));

    private static bool IsHidden(MethodBase method) =>
        method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)
        || method.DeclaringType?.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false) == true;

    /// <summary>The frames in cells, and those of library methods that a cell called directly.</summary>
    private static IEnumerable<string> Places(List<TracedFrame> frames)
    {
        var places = frames.Where((frame, i) => frame.IsInCell || (i + 1 < frames.Count && frames[i + 1].IsInCell)).ToList();
        places = places.Count > 0 ? places : [.. frames.Take(MostFramesOutsideCells)];
        var skipped = places.Count - FirstFrames - LastFrames;
        return skipped <= 1
            ? places.Select(Describe)
            : [.. places.Take(FirstFrames).Select(Describe), "   … more calls of the same kind", .. places.TakeLast(LastFrames).Select(Describe)];
    }

    private static string Describe(TracedFrame frame)
    {
        if (!frame.IsInCell)
        {
            return $"   at {CellClass().Replace(frame.Method?.DeclaringType?.FullName ?? "", "")}.{frame.Method?.Name}";
        }

        var place = frame.Line is null ? frame.Cell : $"{frame.Cell}, line {frame.Line}";
        return frame.Method is { } method && NameInCell(method) is { } name ? $"   at {name} in {place}" : "   at " + place;
    }

    /// <summary>The method's name as the cell has it, or null for the cell's own statements and lambdas among them.</summary>
    private static string? NameInCell(MethodBase method)
    {
        // Async methods run in a generated class named <Method>d__1, local functions are named <Method>g__Local|0.
        var name = method.Name == "MoveNext" ? method.DeclaringType!.Name : method.Name;
        if (name.StartsWith('<'))
        {
            var match = GeneratedName().Match(name);
            return match.Success ? InType(method.DeclaringType, match.Groups["name"].Value) : null;
        }

        return method.IsConstructor ? "new " + InType(method.DeclaringType, "")
            : InType(method.DeclaringType, method.IsSpecialName ? Accessor().Replace(name, "") : name);
    }

    /// <summary>Puts a class that a cell declares before its method's name.</summary>
    private static string InType(Type? type, string method)
    {
        var names = new List<string> { method };
        for (; type is not null; type = type.DeclaringType)
        {
            // Those with other characters the compiler made: the cell's own class, closures and state machines.
            if (TypeName().Match(type.Name) is { Success: true } match)
            {
                names.Insert(0, match.Groups["name"].Value);
            }
        }

        return string.Join('.', names.Where(name => name.Length > 0));
    }

    [GeneratedRegex(@"(?:g__(?<name>\w+)\||^<(?<name>\w+)>d__)")]
    private static partial Regex GeneratedName();

    [GeneratedRegex(@"\bSubmission#\d+\+")]
    private static partial Regex CellClass();

    [GeneratedRegex("^(get|set|init|add|remove)_")]
    private static partial Regex Accessor();

    [GeneratedRegex(@"^(?<name>\w+)(`\d+)?$")]
    private static partial Regex TypeName();

    /// <summary>One call of a stack trace.</summary>
    /// <param name="Method">What was called, where that is known.</param>
    /// <param name="Cell">The cell that holds the method, by its file name; null for a library's.</param>
    /// <param name="Line">Where in the cell, if known.</param>
    private sealed record TracedFrame(MethodBase? Method, string? Cell, int? Line)
    {
        public bool IsInCell => Cell is not null;

        public static TracedFrame From(StackFrame frame) =>
            new(frame.GetMethod(), Scripting.Cell.NameOf(frame.GetFileName()), frame.GetFileLineNumber());
    }
}
