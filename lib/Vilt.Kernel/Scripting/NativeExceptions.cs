using System.Diagnostics;
using System.Runtime.InteropServices;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Keeps the process alive when native code that a cell calls throws a C++ exception that its library does not catch, as happens in
/// TorchSharp's matmul and some others. No .NET frame can catch one, so the C++ runtime calls this handler to end the process. It reports to
/// the cell instead and never returns: the thread is lost, and what it holds with it. On Windows such an exception is one of .NET's.
/// </summary>
internal static unsafe class NativeExceptions
{
    private const int WhatSlot = 2; // Of the virtual functions of std::exception, behind its two destructors: what().
    private const string Unwound = "PAL_SEHException"; // .NET's own; here .NET itself means to end the process.

    private static readonly Lazy<bool> Handled = new(Handle);

    private static nint currentType;
    private static nint currentObject;
    private static delegate* unmanaged<void> previous;

    /// <summary>Takes over, in the whole process.</summary>
    public static void Survive() => _ = Handled.Value;

    private static bool Handle()
    {
        var library = OperatingSystem.IsLinux() ? "libstdc++.so.6" : OperatingSystem.IsMacOS() ? "libc++abi.dylib" : null;
        var current = OperatingSystem.IsLinux() ? "_ZSt17current_exceptionv" : "__cxa_current_primary_exception";
        if (library is null || !NativeLibrary.TryLoad(library, out var runtime)
            || !NativeLibrary.TryGetExport(runtime, "_ZSt13set_terminatePFvvE", out var setTerminate)
            || !NativeLibrary.TryGetExport(runtime, "__cxa_current_exception_type", out currentType)
            || !NativeLibrary.TryGetExport(runtime, current, out currentObject))
        {
            return false;
        }

        delegate* unmanaged<void> handler = &Terminate;
        previous = ((delegate* unmanaged<delegate* unmanaged<void>, delegate* unmanaged<void>>)setTerminate)(handler);
        return true;
    }

    [UnmanagedCallersOnly]
    private static void Terminate()
    {
        if (CellRun.Current is { } run && TypeName() is { } type && type != Unwound)
        {
            Tell(run, type);
            Keep();
        }

        previous();
    }

    private static void Tell(CellRun run, string type)
    {
        var error = ExceptionReport.OfNative(Message(type), new StackTrace(skipFrames: 1, fNeedFileInfo: true));
        if (!run.LoseThread(error))
        {
            CellOutputs.Current?.Write(
                "stderr", string.Join('\n', error.Traceback) + "\nIt ended a thread that the cell had started: what waits for that one waits for ever.\n");
        }
    }

    /// <summary>Holds the thread for good: above this call are native frames that can't be left.</summary>
    private static void Keep()
    {
        while (true)
        {
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                // The interrupt of its cell came late.
            }
        }
    }

    /// <summary>The mangled name of the class that was thrown: behind the table of virtual functions in its type_info.</summary>
    private static string? TypeName()
    {
        var type = ((delegate* unmanaged<nint*>)currentType)();
        return type is null ? null : Marshal.PtrToStringUTF8(type[1] & nint.MaxValue);
    }

    /// <summary>What the exception says, where its class is known to be a std::exception.</summary>
    private static string Message(string type)
    {
        var isKnown = type.StartsWith("N3c10", StringComparison.Ordinal) || type.StartsWith("St", StringComparison.Ordinal)
            || type.StartsWith("N5torch", StringComparison.Ordinal) || type.StartsWith("N2at", StringComparison.Ordinal);
        var thrown = isKnown ? CurrentObject() : 0;
        if (thrown == 0)
        {
            return $"Native code threw a C++ exception of type {type}.";
        }

        var what = (delegate* unmanaged<nint, nint>)(*(nint**)thrown)[WhatSlot];
        return Marshal.PtrToStringUTF8(what(thrown)) ?? type;
    }

    private static nint CurrentObject()
    {
        if (OperatingSystem.IsMacOS())
        {
            return ((delegate* unmanaged<nint>)currentObject)();
        }

        nint pointer = 0;
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
        {
            // A std::exception_ptr is returned in memory whose address is the first argument; elsewhere it isn't.
            ((delegate* unmanaged<nint*, nint>)currentObject)(&pointer);
        }

        return pointer;
    }
}
