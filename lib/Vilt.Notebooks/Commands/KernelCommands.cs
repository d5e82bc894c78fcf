using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Vilt.Kernel.Commands;
using Vilt.Kernel.Installation;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt kernel</c>: the Jupyter kernel's own commands.</summary>
internal static class KernelCommands
{
    public static readonly string[] Examples =
    [
        "vilt kernel install    for VS Code and JupyterLab, for this user",
        "vilt kernel doctor     what is installed, what is missing, and what to do about it",
    ];

    public static Command Create()
    {
        var command = new Command("kernel", "The C# kernel for VS Code, JupyterLab and every other client of Jupyter kernels.");
        foreach (var own in KernelCommand.Create("vilt kernel", () => [Libraries(AppContext.BaseDirectory)], Series.Libraries()))
        {
            command.Add(own);
        }

        return command;
    }

    /// <summary>TorchSharp and SkiaSharp load native libraries, which the build puts beside the DLLs.</summary>
    private static Check Libraries(string program)
    {
        string[] names = OperatingSystem.IsWindows() ? ["torch_cpu.dll", "LibTorchSharp.dll", "libSkiaSharp.dll"]
            : OperatingSystem.IsMacOS() ? ["libtorch_cpu.dylib", "libLibTorchSharp.dylib", "libSkiaSharp.dylib"]
            : ["libtorch_cpu.so", "libLibTorchSharp.so", "libSkiaSharp.so"];
        const string Subject = "libraries";
        if (names.FirstOrDefault(name => !File.Exists(Path.Combine(program, name))) is { } missing)
        {
            return new(Subject, $"{missing} is not in {program}", "Build again: dotnet build -c Release", IsNeeded: true);
        }

        var torch = names[1];
        return NativeLibrary.TryLoad(Path.Combine(program, torch), Assembly.GetExecutingAssembly(), null, out _)
            ? new(Subject, $"in {program}", null, IsNeeded: true)
            : new(Subject, $"{torch} does not load from {program}", "Build on this machine, for its own system: dotnet build -c Release", IsNeeded: true);
    }
}
