using System.Runtime.InteropServices;

namespace Vilt.Kernel.Installation;

/// <summary>Checks what the kernel and its front ends need.</summary>
internal static class Doctor
{
    /// <summary>Checks everything.</summary>
    /// <param name="program">What is typed before <c>install</c>.</param>
    public static IReadOnlyList<Check> Examine(string program)
    {
        var jupyter = JupyterProgram.Find();
        var extensions = VisualStudioCode.Extensions();
        return [DotNet(), Spec(program), Jupyter(jupyter, extensions.Count > 0), .. VisualStudioCode.Examine(extensions, jupyter is not null)];
    }

    private static Check DotNet() => new(".NET", $"{RuntimeInformation.FrameworkDescription} in {RuntimeEnvironment.GetRuntimeDirectory()}", null, IsNeeded: true);

    private static Check Spec(string program)
    {
        const string Subject = "kernel spec";
        var install = $"Run: {program} install";
        var specs = KernelSpec.FindAll(JupyterFolders.All(JupyterProgram.Prefix()));
        if (specs.FirstOrDefault(spec => spec.IsOurs) is not { } own)
        {
            var other = specs.FirstOrDefault(spec => spec.Name == KernelSpec.DefaultName);
            return other is null
                ? new(Subject, "not installed", install, IsNeeded: true)
                : new(Subject, $"{other.Name} in {other.Folder} belongs to another program", $"{install} --name vilt-csharp, or remove the other first: jupyter kernelspec remove {other.Name}", IsNeeded: true);
        }

        return own.MissingFile is { } file ? new(Subject, $"{own.Folder} starts {file}, which does not exist", install, IsNeeded: true)
            : !KernelProgram.IsIn(own.Folder) ? new(Subject, $"{own.Name} in {own.Folder} starts another build", install, IsNeeded: false)
            : new(Subject, $"{own.Name} in {own.Folder}", null, IsNeeded: true);
    }

    private static Check Jupyter(string? jupyter, bool hasVisualStudioCode) => jupyter is not null
        ? new("Jupyter", jupyter, null, IsNeeded: false)
        : new("Jupyter", "no jupyter on the PATH", "For JupyterLab: python3 -m venv lab && lab/bin/pip install jupyterlab. VS Code does not need it.", IsNeeded: !hasVisualStudioCode);
}
