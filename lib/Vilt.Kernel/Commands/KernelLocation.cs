using System.CommandLine;
using System.CommandLine.Parsing;
using Vilt.Kernel.Installation;

namespace Vilt.Kernel.Commands;

/// <summary>The options that say where a kernel spec is, as <c>jupyter kernelspec install</c> has them.</summary>
internal sealed class KernelLocation
{
    private readonly Option<bool> user = new("--user") { Description = "This user's kernels, which is the default." };
    private readonly Option<bool> sysPrefix = new("--sys-prefix") { Description = "The Python environment of the jupyter on the PATH." };
    private readonly Option<string?> prefix = new("--prefix") { Description = "An environment or installation: PREFIX/share/jupyter/kernels.", HelpName = "PREFIX" };
    private readonly Option<string> name = new("--name")
    {
        Description = $"The kernel's name. Default: {KernelSpec.DefaultName}, which C# notebooks ask for.",
        HelpName = "NAME",
        DefaultValueFactory = _ => KernelSpec.DefaultName,
    };

    public KernelLocation(Command command)
    {
        foreach (var option in new Option[] { user, prefix, sysPrefix, name })
        {
            command.Add(option);
        }

        command.Validators.Add(CheckOne);
        name.Validators.Add(CheckName);
    }

    /// <summary>The folder of the spec.</summary>
    /// <exception cref="InstallationException">There is no Jupyter whose environment could be meant.</exception>
    public string Folder(ParseResult parsed)
    {
        var kernels = parsed.GetValue(prefix) is { } folder ? JupyterFolders.OfPrefix(folder)
            : parsed.GetValue(sysPrefix) ? JupyterFolders.OfPrefix(JupyterProgram.Prefix() ?? throw new InstallationException(
                "--sys-prefix: no jupyter is on the PATH. Activate its environment first, or name it by --prefix."))
            : JupyterFolders.User;
        return Path.Combine(kernels, parsed.GetRequiredValue(name));
    }

    private void CheckOne(CommandResult result)
    {
        Option[] places = [user, prefix, sysPrefix];
        if (places.Count(place => result.GetResult(place) is { Implicit: false }) > 1)
        {
            result.AddError("--user, --prefix and --sys-prefix are three places, of which one was expected.");
        }
    }

    /// <summary>jupyter_client's kernelspec.py finds no others.</summary>
    private static void CheckName(OptionResult result)
    {
        var value = result.GetValueOrDefault<string>() ?? "";
        if (value.Length == 0 || value is "." or ".." || !value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-'))
        {
            result.AddError($"--name {value}: letters, digits, '.', '_' and '-' were expected, as Jupyter's kernels are named.");
        }
    }
}
