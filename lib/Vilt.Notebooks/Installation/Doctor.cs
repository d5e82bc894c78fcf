using System.Reflection;
using System.Runtime.InteropServices;

namespace Vilt.Notebooks.Installation;

/// <summary>Looks at what the kernel and its front ends need.</summary>
internal static class Doctor
{
    /// <summary>Looks at everything.</summary>
    /// <param name="program">The folder of this program.</param>
    public static IReadOnlyList<Check> Examine(string program)
    {
        var jupyter = JupyterProgram.Find();
        var extensions = VisualStudioCode.Extensions();
        return [DotNet(), Libraries(program), Spec(), Jupyter(jupyter, extensions.Count > 0), .. VisualStudioCode.Examine(extensions, jupyter is not null)];
    }

    private static Check DotNet() => new(".NET", $"{RuntimeInformation.FrameworkDescription} in {RuntimeEnvironment.GetRuntimeDirectory()}", null, IsNeeded: true);

    /// <summary>TorchSharp and SkiaSharp load native libraries, which the build puts beside the DLLs.</summary>
    private static Check Libraries(string program)
    {
        string[] names = OperatingSystem.IsWindows() ? ["torch_cpu.dll", "LibTorchSharp.dll", "libSkiaSharp.dll"]
            : OperatingSystem.IsMacOS() ? ["libtorch_cpu.dylib", "libLibTorchSharp.dylib", "libSkiaSharp.dylib"]
            : ["libtorch_cpu.so", "libLibTorchSharp.so", "libSkiaSharp.so"];
        const string Subject = "libraries";
        if (names.FirstOrDefault(name => !File.Exists(Path.Combine(program, name))) is { } missing)
        {
            return new(Subject, $"{missing} is not in {program}", "Build anew: dotnet build -c Release", IsNeeded: true);
        }

        var torch = names[1];
        return NativeLibrary.TryLoad(Path.Combine(program, torch), Assembly.GetExecutingAssembly(), null, out _)
            ? new(Subject, $"in {program}", null, IsNeeded: true)
            : new(Subject, $"{torch} does not load from {program}", "Build on this machine, for its own system: dotnet build -c Release", IsNeeded: true);
    }

    private static Check Spec()
    {
        const string Subject = "kernel spec";
        const string Install = "Run: vilt kernel install";
        var specs = KernelSpec.FindAll(JupyterFolders.All(JupyterProgram.Prefix()));
        if (specs.FirstOrDefault(spec => spec.IsOurs) is not { } own)
        {
            var other = specs.FirstOrDefault(spec => spec.Name == KernelSpec.DefaultName);
            return other is null
                ? new(Subject, "not installed", Install, IsNeeded: true)
                : new(Subject, $"{other.Name} is another program's, in {other.Folder}", $"Run: vilt kernel install --name vilt-csharp, or remove the other first: jupyter kernelspec remove {other.Name}", IsNeeded: true);
        }

        return own.MissingFile is { } file
            ? new(Subject, $"{own.Folder} starts {file}, which is not there", Install, IsNeeded: true)
            : new(Subject, $"{own.Name} in {own.Folder}", null, IsNeeded: true);
    }

    private static Check Jupyter(string? jupyter, bool hasVisualStudioCode) => jupyter is not null
        ? new("Jupyter", jupyter, null, IsNeeded: false)
        : new("Jupyter", "no jupyter on the PATH", "For JupyterLab: python3 -m venv lab && lab/bin/pip install jupyterlab. VS Code does without.", IsNeeded: !hasVisualStudioCode);
}
