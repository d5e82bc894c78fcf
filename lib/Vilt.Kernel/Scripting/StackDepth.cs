using System.Runtime.CompilerServices;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Turns endless recursion into an exception before the stack is full, which would end the process. Blocks such as <c>finally</c> run on
/// top of the frames that the exception is about to leave, so they need room: after a first exception a thread may go deeper.
/// </summary>
internal static class StackDepth
{
    /// <summary>The stack of the thread that cells run on: backward passes and recursive students go deep.</summary>
    public const int StackBytes = 16 * 1024 * 1024;

    private const int ReservedBytes = 1024 * 1024;
    private const int ReservedElsewhere = 64 * 1024; // Of the 128 KB that the runtime asks for.

    // An exception that leaves async methods is thrown again in each, and each time its whole stack trace is copied.
    private const int AsyncBytes = 1024 * 1024;

    [ThreadStatic]
    private static nuint lowest; // Where the reserve of the cells' thread begins; 0 on other threads.
    [ThreadStatic]
    private static nuint safe; // The same while there is nothing to look at more closely, else 0.
    [ThreadStatic]
    private static nuint thrownAt;

    /// <summary>Makes the calling thread, which is at the start of its stack, the cells' thread.</summary>
    public static void Begin() => safe = lowest = Here() - StackBytes + ReservedBytes;

    /// <summary>Checks that there is room for a call.</summary>
    /// <exception cref="InsufficientExecutionStackException">Calls are nested too deep.</exception>
    public static void Check()
    {
        if (Here() - safe > StackBytes)
        {
            CheckClosely(Here());
        }
    }

    /// <summary>The same for an async method.</summary>
    /// <exception cref="InsufficientExecutionStackException">Calls are nested too deep.</exception>
    public static void CheckAsync()
    {
        if (lowest != 0 && Here() < lowest + StackBytes - ReservedBytes - AsyncBytes)
        {
            throw new InsufficientExecutionStackException();
        }

        Check();
    }

    private static unsafe nuint Here()
    {
        byte local;
        return (nuint)(&local);
    }

    private static void CheckClosely(nuint here)
    {
        var isDeep = lowest == 0 ? !RuntimeHelpers.TryEnsureSufficientExecutionStack() : here < lowest;
        if (!isDeep)
        {
            (safe, thrownAt) = (lowest, 0);
            return;
        }

        var hasRoom = lowest == 0 ? thrownAt - here < ReservedElsewhere : RuntimeHelpers.TryEnsureSufficientExecutionStack();
        if (thrownAt == 0 || !hasRoom)
        {
            (safe, thrownAt) = (0, here);
            throw new InsufficientExecutionStackException();
        }
    }
}
