using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>Tells an exception by its message and the places in the cells that led to it.</summary>
internal static partial class ExceptionReport
{
    private const int MostFramesOutsideCells = 5;

    // A recursion without end leaves hundreds of thousands of frames, and each takes time: only those at both ends are read.
    private const int FramesRead = 100;

    // Of a recursion without end, the calls before it and its last ones.
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
        List<string> lines = [$"{cause.GetType().FullName}: {message}", .. Places(frames)];
        for (var inner = cause.InnerException; inner is not null; inner = inner.InnerException)
        {
            lines.Add($"caused by {inner.GetType().FullName}: {MessageOf(inner)}");
        }

        return new(cause.GetType().Name, message, lines, frames.LastOrDefault(IsInCell)?.GetFileLineNumber());
    }

    /// <summary>Tells a C++ exception that ended a thread.</summary>
    /// <param name="message">What it says.</param>
    /// <param name="trace">Where the thread is.</param>
    public static CellError OfNative(string message, StackTrace trace)
    {
        var type = typeof(ExternalException); // As which TorchSharp tells those that it catches.
        var frames = Ends(trace.GetFrames()).Where(IsShown).ToList();
        var said = WithoutNativeFrames(message);
        List<string> lines =
        [
            $"{type.FullName}: {said}", .. Places(frames), "It came as a C++ exception, which the library lets through and no catch can meet.",
        ];
        return new(type.Name, said, lines, frames.LastOrDefault(IsInCell)?.GetFileLineNumber());
    }

    /// <summary>What an exception says, without the frames of C++ that torch adds. It may be a cell's own class, and throw itself.</summary>
    private static string MessageOf(Exception exception)
    {
        try
        {
            return WithoutNativeFrames(exception.Message ?? "");
        }
        catch (Exception thrown)
        {
            return $"(Its message can't be told: asked for it, it threw {thrown.GetType().FullName}.)";
        }
    }

    private static string WithoutNativeFrames(string message)
    {
        const string NativeFrames = "\nException raised from ";
        return message.IndexOf(NativeFrames, StringComparison.Ordinal) is > 0 and var end ? message[..end] : message;
    }

    /// <summary>The exception behind one that says nothing itself.</summary>
    private static Exception? Unwrap(Exception exception) => exception switch
    {
        TypeInitializationException or TargetInvocationException => exception.InnerException,
        AggregateException { InnerExceptions.Count: 1 } => exception.InnerException,
        _ => null,
    };

    private static IEnumerable<StackFrame> FramesOf(Exception exception) =>
        Ends(new StackTrace(exception, fNeedFileInfo: true).GetFrames()).Where(IsShown);

    private static bool IsShown(StackFrame frame) => frame.GetMethod() is { } method && !IsHidden(method);

    private static IEnumerable<StackFrame> Ends(StackFrame[] frames) =>
        frames.Length <= 2 * FramesRead ? frames : frames.Take(FramesRead).Concat(frames.TakeLast(FramesRead));

    private static bool IsHidden(MethodBase method) =>
        method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)
        || method.DeclaringType?.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false) == true;

    /// <summary>The frames in cells, and of the others those that a cell called.</summary>
    private static IEnumerable<string> Places(List<StackFrame> frames)
    {
        var places = frames.Where((frame, i) => IsInCell(frame) || (i + 1 < frames.Count && IsInCell(frames[i + 1]))).ToList();
        places = places.Count > 0 ? places : [.. frames.Take(MostFramesOutsideCells)];
        var skipped = places.Count - FirstFrames - LastFrames;
        return skipped <= 1
            ? places.Select(Describe)
            : [.. places.Take(FirstFrames).Select(Describe), "   … more calls of the same kind", .. places.TakeLast(LastFrames).Select(Describe)];
    }

    private static bool IsInCell(StackFrame frame) => Cell.NameOf(frame.GetFileName()) is not null;

    private static string Describe(StackFrame frame)
    {
        var method = frame.GetMethod()!;
        if (!IsInCell(frame))
        {
            return $"   at {method.DeclaringType?.FullName}.{method.Name}";
        }

        var place = $"{Cell.NameOf(frame.GetFileName())}, line {frame.GetFileLineNumber()}";
        return NameInCell(method) is { } name ? $"   at {name} in {place}" : "   at " + place;
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

    [GeneratedRegex("^(get|set|init|add|remove)_")]
    private static partial Regex Accessor();

    [GeneratedRegex(@"^(?<name>\w+)(`\d+)?$")]
    private static partial Regex TypeName();
}
