using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Vilt.Notebooks.Running;

/// <summary>
/// Where a stranger's notebook runs: bubblewrap's namespaces, without a network, in which only the system's programs, .NET, the library
/// and the notebook's own files can be seen. What is written there is gone with the run: only the outputs of cells come out, through the pipe.
/// </summary>
/// <param name="readable">Files that lie beside the notebook and that its cells may read.</param>
internal sealed class Sandbox(IReadOnlyList<string> readable)
{
    /// <summary>What one process may have of memory that is its own, and all of them together.</summary>
    public const long Memory = 4L << 30;

    /// <summary>The most processes and threads: with more, all of them are ended.</summary>
    public const int Tasks = 512;

    /// <summary>How many the kernel allows, so that they can't grow to thousands before that is seen.</summary>
    public const int MostTasks = 2 * Tasks;

    private const string Program = "bwrap";
    private const long Space = 1L << 30; // of each folder that can be written
    private static readonly string[] SystemFolders = ["/bin", "/sbin", "/lib", "/lib32", "/lib64"];
    private static readonly string[] SystemFiles =
        ["/usr", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives", "/etc/localtime", "/sys/devices/system/cpu"];

    /// <summary>What of the teacher's settings a run may see: none that might be a secret.</summary>
    private static readonly string[] Variables = ["LANG", "LC_", "TZ", "DOTNET_", "MALLOC_", "GLIBC_TUNABLES", "OMP_", "GOMP_", "VILT_", "CSHARP_KERNEL_LIB"];

    /// <summary>Says why there can be no sandbox here, or null.</summary>
    public static string? Problem()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "The sandbox is bubblewrap, which is for Linux.";
        }

        try
        {
            var start = new ProcessStartInfo(Program, [.. Namespaces, "--ro-bind", "/", "/", "true"]) { RedirectStandardError = true };
            using var trial = Process.Start(start)!;
            var error = trial.StandardError.ReadToEnd().Trim();
            trial.WaitForExit();
            return trial.ExitCode == 0 ? null : $"The sandbox can't be made: {error}. It needs bubblewrap 0.8 or newer, and user namespaces.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "The sandbox needs bubblewrap, which is not installed: apt install bubblewrap.";
        }
    }

    /// <summary>Puts the command that runs a notebook into the sandbox.</summary>
    /// <param name="start">The command.</param>
    /// <param name="notebook">The notebook's full path.</param>
    public ProcessStartInfo Around(ProcessStartInfo start, string notebook)
    {
        var folder = Path.GetDirectoryName(notebook)!;
        // A session of its own, so that Ctrl+C reaches this program first.
        string[] command =
        [
            Program, .. Namespaces, .. SystemLinks(), "--proc", "/proc", "--dev", "/dev", .. Mounts(notebook),
            "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", folder, "--",
            "prlimit", $"--nproc={MostTasks}", $"--data={Memory}", $"--fsize={Space}", "--core=0", start.FileName, .. start.ArgumentList,
        ];
        var sealedStart = new ProcessStartInfo("setsid", command);
        sealedStart.Environment.Clear();
        foreach (var (name, value) in start.Environment.Where(variable => Variables.Any(kept => variable.Key.StartsWith(kept, StringComparison.Ordinal))))
        {
            sealedStart.Environment[name] = value;
        }

        (sealedStart.Environment["PATH"], sealedStart.Environment["HOME"]) = ("/usr/local/bin:/usr/bin:/bin", "/tmp");
        return sealedStart;
    }

    private static string[] Namespaces =>
        ["--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL", "--die-with-parent", "--new-session"];

    private static IEnumerable<string> SystemLinks() => SystemFolders.SelectMany(folder =>
        new DirectoryInfo(folder) is { LinkTarget: { } target } ? ["--symlink", target, folder] : (string[])["--ro-bind-try", folder, folder]);

    /// <summary>What can be seen, each folder before what lies in it.</summary>
    private IEnumerable<string> Mounts(string notebook)
    {
        var root = Series.Root();
        string[] library = root is null ? [] : [Path.Combine(root, "lib"), Path.Combine(root, "assets"), Path.Combine(root, "artifacts", "zoo")];
        string[] runtime = [AppContext.BaseDirectory, Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory())];
        string[] writable = ["/tmp", "/dev/shm", Path.GetDirectoryName(notebook)!, .. root is null ? [] : (string[])[Path.Combine(root, "artifacts")]];
        var visible = SystemFiles.Concat(library).Concat(runtime).Concat(readable).Append(notebook).Select(Path.TrimEndingDirectorySeparator);
        return writable.Select(folder => (Path: folder, IsWritable: true))
            .Concat(visible.Except(writable).Where(Path.Exists).Select(path => (Path: path, IsWritable: false)))
            .Distinct()
            .OrderBy(mount => mount.Path, StringComparer.Ordinal)
            .SelectMany(mount => mount.IsWritable
                ? ["--size", $"{Space}", "--tmpfs", mount.Path]
                : (string[])["--ro-bind", mount.Path, mount.Path]);
    }
}
