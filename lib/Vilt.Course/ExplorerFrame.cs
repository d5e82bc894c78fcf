using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Vilt.Course;

/// <summary>
/// The page of <c>vilt explore</c> in a frame below a cell, for what the lesson runs on. It is a process of its own, which ends with the
/// notebook's, or when the frame is disposed.
/// </summary>
/// <example>
/// <code>
/// ExplorerFrame.Open(course)
/// </code>
/// </example>
public sealed class ExplorerFrame : IHtmlContent, IDisposable
{
    private const string Program = "Vilt.Notebooks.dll", HubPrefix = "JUPYTERHUB_SERVICE_PREFIX", HubAddress = "JUPYTERHUB_PUBLIC_URL";

    private readonly Process process;

    private ExplorerFrame(Process process, Uri address) => (this.process, Address) = (process, address);

    /// <summary>Where the page is on this machine.</summary>
    public Uri Address { get; }

    /// <summary>The frame's height in pixels.</summary>
    public int Height { get; init; } = 900;

    /// <summary>Starts the explorer with the lesson's model and data, and with your own model if you have fine-tuned one.</summary>
    /// <param name="course">The lesson's material.</param>
    /// <exception cref="FileNotFoundException">The program <c>vilt</c> is not built.</exception>
    /// <exception cref="InvalidOperationException">It does not start; the message says why.</exception>
    public static ExplorerFrame Open(CourseMaterial course)
    {
        ArgumentNullException.ThrowIfNull(course);
        course.Prepare();
        string[] own = course.HasOwnCheckpoint ? ["--model", course.OwnCheckpoint] : [];
        string[] hub = Uri.TryCreate(Environment.GetEnvironmentVariable(HubAddress), UriKind.Absolute, out var address) ? ["--proxy-host", address.Host] : [];
        return Start([
            FindProgram(), "explore", "--no-browser", "--with-parent", "--port", "0",
            "--data", course.DataFolder, "--split", course.Split, "--model", course.Finetuned, .. own, .. hub,
        ]);
    }

    /// <summary>The frame. On a JupyterHub it leads through jupyter-server-proxy, which must be installed there.</summary>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var prefix = Environment.GetEnvironmentVariable(HubPrefix);
        var source = prefix is null ? Address.AbsoluteUri : $"{prefix}proxy/{Address.Port}/{Address.Query}";
        writer.Write($"""<iframe src="{WebUtility.HtmlEncode(source)}" title="ViLT Explorer" allow="clipboard-write; camera" style="width: 100%; height: {Height}px; border: 0"></iframe>""");
    }

    /// <summary>The page's address.</summary>
    public override string ToString() => Address.AbsoluteUri;

    /// <summary>Ends the explorer.</summary>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static ExplorerFrame Start(string[] arguments)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var process = Process.Start(new ProcessStartInfo(dotnet, arguments)
        {
            RedirectStandardInput = true, // it ends when this closes
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var first = process.StandardOutput.ReadLine();
        if (first is null || !Uri.TryCreate(first.Split(' ')[^1], UriKind.Absolute, out var address))
        {
            throw new InvalidOperationException($"The explorer did not start: {process.StandardError.ReadToEnd()}");
        }

        // What it prints later must not fill the pipes.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        return new(process, address);
    }

    // Of the kernel that runs this notebook, if it is vilt's, else of the series' folder; the build made last.
    private static string FindProgram()
    {
        var builds = Path.Combine(CourseFolders.Home(), "lib", "Vilt.Notebooks", "bin");
        string[] candidates = [Path.Combine(AppContext.BaseDirectory, Program), .. ((string[])["Release", "Debug"]).Select(build => Path.Combine(builds, build, "net10.0", Program))];
        return candidates.Where(File.Exists).OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault() ?? throw new FileNotFoundException(
            $"{candidates[1]} is not there: build it by dotnet build -c Release lib/Vilt.Notebooks in {CourseFolders.Home()}.", candidates[1]);
    }
}
