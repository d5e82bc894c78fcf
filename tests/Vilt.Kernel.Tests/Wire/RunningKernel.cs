using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Tests.Wire;

/// <summary>A kernel in this process, and a client of it.</summary>
public sealed class RunningKernel : IDisposable
{
    private readonly JupyterKernel kernel;

    public RunningKernel()
    {
        Connection = Ports.Connection();
        kernel = new JupyterKernel(Connection, Path.GetTempPath());
        Completion = kernel.RunAsync();
        Client = new KernelClient(Connection);
    }

    /// <summary>Is over when the kernel has shut down.</summary>
    public Task Completion { get; }

    internal ConnectionFile Connection { get; }

    internal KernelClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        kernel.Dispose();
    }
}
