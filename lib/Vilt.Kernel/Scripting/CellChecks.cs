using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Vilt.Kernel.Scripting;

/// <summary>What the compiler puts into cells so that they can be interrupted; no cell calls it itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static class CellChecks
{
    /// <summary>Stands in each loop body and between the statements of a cell.</summary>
    /// <exception cref="OperationCanceledException">The cell is interrupted.</exception>
    public static void Step()
    {
        if (CellRun.Current is { IsInterrupted: true } run)
        {
            run.Stop();
        }
    }

    /// <summary>Stands at the start of each function. Recursion without end becomes an exception here; a full stack ends the process.</summary>
    /// <exception cref="OperationCanceledException">The cell is interrupted.</exception>
    /// <exception cref="InsufficientExecutionStackException">Calls are nested too deep.</exception>
    public static void Call()
    {
        Step();
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    /// <summary>Stands in each <c>await</c>: an interrupt ends the wait, though not the task.</summary>
    public static Task Wait(Task task) => Token(task is null or { IsCompleted: true }) is { } token ? task!.WaitAsync(token) : task!;

    /// <inheritdoc cref="Wait(Task)"/>
    public static Task<T> Wait<T>(Task<T> task) => Token(task is null or { IsCompleted: true }) is { } token ? task!.WaitAsync(token) : task!;

    /// <inheritdoc cref="Wait(Task)"/>
    public static ValueTask Wait(ValueTask task) => Token(task.IsCompleted) is { } token ? new(task.AsTask().WaitAsync(token)) : task;

    /// <inheritdoc cref="Wait(Task)"/>
    public static ValueTask<T> Wait<T>(ValueTask<T> task) => Token(task.IsCompleted) is { } token ? new(task.AsTask().WaitAsync(token)) : task;

    /// <summary>Whatever else can be awaited has no way to end the wait.</summary>
    public static T Wait<T>(T awaitable) => awaitable;

    private static CancellationToken? Token(bool isCompleted) => isCompleted ? null : CellRun.Current?.Interruption;
}
