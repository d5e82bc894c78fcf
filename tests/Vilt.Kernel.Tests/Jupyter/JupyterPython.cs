using System.Diagnostics;

namespace Vilt.Kernel.Tests.Jupyter;

/// <summary>The Python that has Jupyter: named by VILT_JUPYTER_PYTHON, or beside the <c>jupyter</c> on the PATH.</summary>
internal static class JupyterPython
{
    private const string Variable = "VILT_JUPYTER_PYTHON";
    private const string Missing =
        $"There is no Python with Jupyter. On Debian: apt-get install python3-jupyter-kernel-test python3-nbconvert python3-ipykernel, then set {Variable}=/usr/bin/python3.";

    /// <summary>Runs Python where Jupyter finds the kernels of a folder, and gives its exit code and all that it printed.</summary>
    public static async Task<(int ExitCode, string Printed)> RunAsync(string kernels, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["JUPYTER_PATH"] = kernels;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    private static string Path()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var beside = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .Where(folder => File.Exists(System.IO.Path.Combine(folder, "jupyter")))
            .Select(folder => System.IO.Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);
        var python = named ?? beside;
        Assert.SkipWhen(python is null, Missing);
        return python!;
    }
}
