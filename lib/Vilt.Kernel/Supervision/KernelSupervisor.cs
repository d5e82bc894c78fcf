using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using NetMQ;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Supervision;

/// <summary>
/// Starts the process that runs the cells, and outlives it: if that process dies, this one says in the notebook in which cell and how.
/// It passes interrupts on, and lets no process outlive its front end.
/// </summary>
public sealed class KernelSupervisor : IDisposable
{
    private static readonly TimeSpan LastReports = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan TimeToExit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SecondPress = TimeSpan.FromSeconds(2);

    private readonly ConnectionFile connection;
    private readonly AnonymousPipeServerStream reports = new(PipeDirection.In, HandleInheritability.Inheritable);
    private readonly Process kernel;
    private readonly LastWords words = new();
    private readonly Stopwatch sinceInterrupt = new();
    private RunningCell? running;
    private bool ended;

    /// <summary>Starts the kernel.</summary>
    /// <param name="connectionFile">The front end's connection file.</param>
    /// <param name="command">Makes the command that runs <see cref="SupervisedKernel"/>, given the pipe handle to pass to it.</param>
    /// <exception cref="ConnectionFileException">The connection file cannot be used.</exception>
    public KernelSupervisor(string connectionFile, Func<string, ProcessStartInfo> command)
    {
        connection = ConnectionFile.Read(connectionFile);
        var start = command(reports.GetClientHandleAsString());
        (start.UseShellExecute, start.RedirectStandardInput, start.RedirectStandardError) = (false, true, true);
        kernel = Process.Start(start) ?? throw new InvalidOperationException("The kernel's process did not start.");
        reports.DisposeLocalCopyOfClientHandle();
    }

    /// <summary>Waits for the kernel's end.</summary>
    /// <returns>0 when it ended as it was asked to, else its exit code.</returns>
    public async Task<int> RunAsync()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        var parent = ParentProcess.Watch(ParentLost);
        var reading = Task.WhenAll(ReadReportsAsync(), ForwardErrorsAsync());
        await kernel.WaitForExitAsync();
        await Task.WhenAny(reading, Task.Delay(LastReports)); // A process that a cell started may hold the pipes open for longer.
        GC.KeepAlive(parent);
        if (ended)
        {
            return 0;
        }

        Explain();
        return kernel.ExitCode;
    }

    /// <summary>Frees the handles of the process and its pipe.</summary>
    public void Dispose()
    {
        kernel.Dispose();
        reports.Dispose();
    }

    private async Task ReadReportsAsync()
    {
        using var reader = new StreamReader(reports);
        while (await reader.ReadLineAsync() is { } line)
        {
            running = Report.Read(line);
            if (running is not null)
            {
                words.Clear();
            }
            else if (line == Report.Goodbye)
            {
                ended = true;
                _ = Task.Delay(TimeToExit).ContinueWith(_ => Kill(), TaskScheduler.Default); // Native code may keep a process from ending.
            }
        }
    }

    private async Task ForwardErrorsAsync()
    {
        var buffer = new char[4096];
        for (var count = 1; count > 0;)
        {
            count = await kernel.StandardError.ReadAsync(buffer);
            var text = new string(buffer, 0, count);
            words.Add(text);
            await Console.Error.WriteAsync(text);
        }
    }

    /// <summary>Someone at a terminal who presses Ctrl+C twice wants the kernel to end. A front end's signals only interrupt, however many come.</summary>
    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!Console.IsInputRedirected && sinceInterrupt.IsRunning && sinceInterrupt.Elapsed < SecondPress)
        {
            End(context);
            return;
        }

        sinceInterrupt.Restart();
        try
        {
            kernel.StandardInput.BaseStream.WriteByte(Lifeline.Interrupt);
            kernel.StandardInput.BaseStream.Flush();
        }
        catch (IOException)
        {
            // It has just ended.
        }
    }

    private void End(PosixSignalContext context)
    {
        context.Cancel = true;
        ended = true;
        Kill();
    }

    private void ParentLost()
    {
        if (!ended)
        {
            KernelLog.Write("the process that started this kernel is gone, so the kernel ends");
        }

        ended = true;
        Kill();
    }

    private void Kill()
    {
        try
        {
            kernel.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private void Explain()
    {
        var end = $"The kernel's process {ProcessEnd.Describe(kernel.ExitCode)}";
        if (running is not { } cell)
        {
            KernelLog.Write($"{end}. No cell was running.");
            return;
        }

        var message = $"{end} while cell {cell.Number} was running.";
        var last = words.Lines();
        KernelLog.Write(message);
        string[] traceback =
        [
            message, "All variables are lost. Restart the kernel and run the cells again from the top.",
            .. last.Count > 0 ? last.Prepend("Its last words were:") : [],
        ];
        try
        {
            new DeathNotice(connection, cell).Send(message, traceback);
        }
        catch (IOException exception)
        {
            KernelLog.Write($"The notebook could not be told: {exception.Message}");
        }

        NetMQConfig.Cleanup();
    }
}
