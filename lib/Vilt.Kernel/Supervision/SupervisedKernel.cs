using System.Runtime.InteropServices;
using NetMQ;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Supervision;

/// <summary>The process that runs the cells, started by a <see cref="KernelSupervisor"/>.</summary>
public static class SupervisedKernel
{
    /// <summary>Serves a front end until it asks for the end. Relative paths in cells start at the current folder.</summary>
    /// <param name="connectionFile">The front end's connection file.</param>
    /// <param name="reports">The pipe handle that the supervisor passed.</param>
    /// <exception cref="ConnectionFileException">The connection file cannot be used.</exception>
    /// <exception cref="IOException">A port cannot be listened on.</exception>
    public static async Task RunAsync(string connectionFile, string reports)
    {
        // Ctrl+C reaches this process too, but the supervisor decides what it means.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var lifeline = new Lifeline(reports);
        using (var kernel = new JupyterKernel(ConnectionFile.Read(connectionFile), Environment.CurrentDirectory, lifeline.Cell))
        {
            lifeline.Listen(kernel.Interrupt);
            await kernel.RunAsync();
            lifeline.Goodbye();
        }

        NetMQConfig.Cleanup(); // Waits until the last messages are on their way.
    }
}
