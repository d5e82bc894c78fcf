using System.CommandLine;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt kernel</c>: the Jupyter kernel and its place in Jupyter's folders.</summary>
internal static class KernelCommand
{
    public static readonly string[] Examples =
    [
        "vilt kernel install    for VS Code and JupyterLab, for this user",
        "vilt kernel doctor     what is there, what is missing, and what to do about it",
    ];

    public static Command Create() => new("kernel", "The C# kernel for VS Code, JupyterLab and all that speaks to Jupyter kernels.")
    {
        KernelInstallCommand.Create(), KernelUninstallCommand.Create(), KernelListCommand.Create(), KernelDoctorCommand.Create(),
        KernelRunCommand.Create(), KernelServeCommand.Create(),
    };
}
