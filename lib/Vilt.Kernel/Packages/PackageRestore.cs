using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Vilt.Kernel.Packages;

/// <summary>Restores packages with the .NET SDK, and with the user's own sources, credentials and package folder.</summary>
internal static partial class PackageRestore
{
    private const string SourceUnreachable = "NU1301";
    private const int LastLinesShown = 5;
    private const string Offline =
        "No package could be looked up: this computer is offline, or the source in NuGet.config is wrong. "
        + "Packages that were restored before need no network when the cell names their exact version.";

    /// <summary>Restores packages, from the network where they aren't there yet.</summary>
    /// <param name="versions">The version or range of each package.</param>
    /// <param name="settingsFolder">Where NuGet starts to look for its settings.</param>
    /// <param name="sources">Sources beside those of the settings.</param>
    /// <param name="cancellation">Ends the restore.</param>
    /// <exception cref="PackageException">A package can't be found or reached, or doesn't go with another.</exception>
    public static async Task<RestoredPackages> RunAsync(
        IEnumerable<KeyValuePair<string, string>> versions, string settingsFolder, IEnumerable<string> sources, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("packages").FullName;
        try
        {
            RestoreProject.Write(folder, settingsFolder, sources, versions);
            var (exitCode, output) = await BuildAsync(folder, cancellation).ConfigureAwait(false);
            return exitCode == 0 ? RestoreProject.Read(folder) with { Downgrades = DowngradesIn(output) } : throw Explain(output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> BuildAsync(string folder, CancellationToken cancellation)
    {
        using var process = Start(folder);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false) + await errors.ConfigureAwait(false));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static Process Start(string folder)
    {
        // Files above the temporary folder are not part of the project. The cell reports a package that is older than another
        // needs, which is an error by default.
        string[] arguments =
        [
            "msbuild", RestoreProject.FileName, "-restore", "-target:" + RestoreProject.Target, "-nologo", "-verbosity:quiet",
            "-terminalLogger:off", "-nodeReuse:false", "-property:ImportDirectoryBuildProps=false",
            "-property:ImportDirectoryBuildTargets=false", "-property:ImportDirectoryPackagesProps=false", "-property:WarningsAsErrors=",
        ];
        var start = new ProcessStartInfo(DotNet(), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new PackageException("SDK", $"The .NET SDK restores packages, but `{start.FileName}` can't be started: {exception.Message}");
        }
    }

    /// <summary>The <c>dotnet</c> that runs this process, which is not always the one on the PATH.</summary>
    private static string DotNet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var path = Path.Combine(root, name);
        return File.Exists(path) ? path : name;
    }

    private static List<string> DowngradesIn(string output) =>
    [
        .. Downgrade().Matches(output).Select(match => match.Groups).Select(groups =>
            $"{groups["name"]} {groups["used"]} is used, but another package needs {groups["needed"]} or newer. "
            + $"If something fails, restart the kernel and ask for {groups["name"]} {groups["needed"]} first.").Distinct(),
    ];

    private static PackageException Explain(string output)
    {
        var errors = ErrorLine().Matches(output).DistinctBy(match => match.Groups["text"].Value).ToList();
        if (errors.Count == 0)
        {
            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return new("SDK", "The .NET SDK could not restore the packages:\n" + string.Join('\n', lines.TakeLast(LastLinesShown)));
        }

        var code = errors[0].Groups["code"].Value;
        var message = string.Join('\n', errors.Select(error => error.Groups["text"].Value.Trim()));
        return new(code, code == SourceUnreachable ? message + "\n" + Offline : message);
    }

    [GeneratedRegex(@"warning NU1605: .*?downgrade: (?<name>\S+) from (?<needed>\S+) to (?<used>\S+)\.\s")]
    private static partial Regex Downgrade();

    [GeneratedRegex(@"error (?<code>[A-Z]+\d+): (?<text>.*?)( \[[^\]]*\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
