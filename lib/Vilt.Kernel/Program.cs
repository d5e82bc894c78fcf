using System.CommandLine;
using Vilt.Kernel.Commands;

var root = new RootCommand("A C# kernel for Jupyter: VS Code, JupyterLab, and all that speaks to Jupyter kernels.") { HelpName = "csharp-kernel" };
foreach (var command in KernelCommand.Create(root.HelpName, () => []).Concat(KernelCommand.CreateRunning()))
{
    root.Add(command);
}

try
{
    // A kernel minds its signals itself.
    return await root.Parse(args.Length > 0 ? args : ["--help"])
        .InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
