using System.Runtime.InteropServices;

namespace Vilt.Notebooks.Commands;

/// <summary>
/// Stops the work on Ctrl+C, on SIGTERM and on SIGUSR1, which schedulers send before the time is up, and knows the exit status for each.
/// Work that does not stop in time is killed.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource stop = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    public StopSignals()
    {
        Register(PosixSignal.SIGINT, Commands.ExitCode.Interrupted);
        Register(PosixSignal.SIGTERM, Commands.ExitCode.Terminated);
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            const int OnLinux = 10, OnMacOS = 30; // SIGUSR1, which .NET has no name for
            Register((PosixSignal)(OperatingSystem.IsLinux() ? OnLinux : OnMacOS), Commands.ExitCode.ComeAgain);
        }
    }

    /// <summary>Canceled by a signal.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>The exit status of work that was stopped.</summary>
    public int ExitCode { get; private set; } = Commands.ExitCode.Interrupted;

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private void Register(PosixSignal signal, int exitCode) => registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        ExitCode = exitCode;
        _ = Task.Delay(Patience).ContinueWith(_ => Environment.Exit(exitCode), TaskScheduler.Default);
        stop.Cancel();
    }));
}
