using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Vilt.Kernel.Scripting;

/// <summary>The calls that are woven into cells so that they can be interrupted. No cell makes them itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static class CellChecks
{
    internal static readonly MethodInfo StepMethod = ((Delegate)Step).Method;
    internal static readonly MethodInfo CallMethod = ((Delegate)Call).Method;
    internal static readonly MethodInfo AsyncCallMethod = ((Delegate)AsyncCall).Method;
    internal static readonly MethodInfo LeaveMethod = ((Delegate)Leave).Method;
    internal static readonly MethodInfo EndMethod = ((Delegate)End).Method;

    /// <summary>Comes before each backward jump, and before each statement of a cell.</summary>
    /// <exception cref="OperationCanceledException">The cell is interrupted.</exception>
    public static void Step()
    {
        if (CellRun.AnyIsInterrupted && CellRun.Current is { IsInterrupted: true } run)
        {
            run.Stop();
        }
    }

    /// <summary>Comes at the start of each function. Endless recursion becomes an exception here, since a full stack would end the process.</summary>
    /// <exception cref="OperationCanceledException">The cell is interrupted.</exception>
    /// <exception cref="InsufficientExecutionStackException">Calls are nested too deep.</exception>
    public static void Call()
    {
        Step();
        StackDepth.Check();
    }

    /// <summary>The same for an async method.</summary>
    /// <exception cref="OperationCanceledException">The cell is interrupted.</exception>
    /// <exception cref="InsufficientExecutionStackException">Calls are nested too deep.</exception>
    public static void AsyncCall()
    {
        Step();
        StackDepth.CheckAsync();
    }

    /// <summary>Replaces the call by which <c>await</c> asks for an awaiter: an interrupt ends the wait, but not the task.</summary>
    public static TaskAwaiter GetAwaiter(Task task) =>
        (Token(task is null or { IsCompleted: true }) is { } token ? task!.WaitAsync(token) : task!).GetAwaiter();

    /// <inheritdoc cref="GetAwaiter(Task)"/>
    public static TaskAwaiter<T> GetAwaiter<T>(Task<T> task) =>
        (Token(task is null or { IsCompleted: true }) is { } token ? task!.WaitAsync(token) : task!).GetAwaiter();

    /// <inheritdoc cref="GetAwaiter(Task)"/>
    public static ValueTaskAwaiter GetAwaiter(ref ValueTask task) =>
        (Token(task.IsCompleted) is { } token ? new ValueTask(task.AsTask().WaitAsync(token)) : task).GetAwaiter();

    /// <inheritdoc cref="GetAwaiter(Task)"/>
    public static ValueTaskAwaiter<T> GetAwaiter<T>(ref ValueTask<T> task) =>
        (Token(task.IsCompleted) is { } token ? new ValueTask<T>(task.AsTask().WaitAsync(token)) : task).GetAwaiter();

    /// <summary>Comes where a cell's statements leave their thread for an <c>await</c>.</summary>
    public static void Leave()
    {
        if (CellRun.Current is { } run)
        {
            run.IsReturning = true;
        }
    }

    /// <summary>Comes where a cell's statements end.</summary>
    public static void End()
    {
        if (CellRun.Current is { } run)
        {
            run.End = ExecutionContext.Capture();
        }
    }

    /// <summary>What ends a wait. A wait that begins after the interrupt is part of cleaning up and is left alone.</summary>
    private static CancellationToken? Token(bool isCompleted) =>
        !isCompleted && CellRun.Current is { IsInterrupted: false } run ? run.Interruption : null;
}
