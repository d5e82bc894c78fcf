using System.Reflection;
using Microsoft.CodeAnalysis;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Packages;

/// <summary>
/// The packages of one session. Once a package is loaded it stays at its version, since the runtime holds one version of an assembly.
/// Later restores keep to it, and the cell says where a package needs a newer version.
/// </summary>
/// <param name="folder">The notebook's folder, where NuGet starts to look for its settings.</param>
internal sealed class SessionPackages(string folder)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> told = [];
    private readonly List<string> sources = [];
    private readonly PackageAssemblies assemblies = new();

    /// <summary>What the compiler needs to know of all packages.</summary>
    public IEnumerable<PortableExecutableReference> References => assemblies.References;

    /// <inheritdoc cref="PackageAssemblies.FindNative"/>
    public nint FindNative(string name) => assemblies.FindNative(name);

    /// <inheritdoc cref="PackageAssemblies.FindSatellite"/>
    public string? FindSatellite(AssemblyName name) => assemblies.FindSatellite(name);

    /// <summary>Adds a source, a folder or a URL, to those of NuGet's settings.</summary>
    public void AddSource(string source)
    {
        if (!sources.Contains(source))
        {
            sources.Add(source);
        }
    }

    /// <summary>Restores what a cell asks for and does not have, and shows the progress in the running cell's outputs.</summary>
    /// <exception cref="PackageException">A package can't be had.</exception>
    /// <exception cref="OperationCanceledException">The restore was canceled.</exception>
    public async Task AddAsync(string code, CancellationToken cancellation)
    {
        var requests = PackageRequest.In(code).Where(request => !IsLoaded(request)).DistinctBy(request => request.Name).ToList();
        if (requests.Count == 0)
        {
            return;
        }

        // [1.2] is exactly 1.2, while 1.2 is that or the next version that a source has.
        var versions = loaded.ToDictionary(package => package.Key, package => $"[{package.Value}]", StringComparer.OrdinalIgnoreCase);
        foreach (var request in requests)
        {
            versions[request.Name] = request.Version;
        }

        var restoring = PackageRestore.RunAsync(versions, folder, sources, cancellation);
        var shown = await ShowProgressAsync(requests, restoring).ConfigureAwait(false);
        try
        {
            var restored = await restoring.ConfigureAwait(false);
            restored.Downgrades.Where(told.Add).ToList().ForEach(Console.Error.WriteLine);
            Keep(requests, restored);
            shown.Update("Packages: " + string.Join(", ", requests.Select(request => $"{request.Name} {VersionOf(request)}")));
            assemblies.Add(restored);
        }
        catch (PackageException exception) when (exception.Line is null)
        {
            throw new PackageException(exception.Code, Explain(exception), requests[0].Line);
        }
    }

    private static async Task<DisplayedValue> ShowProgressAsync(List<PackageRequest> requests, Task restoring)
    {
        var line = "Restoring " + string.Join(", ", requests.Select(request => request.Name)) + " …";
        var shown = DisplayedValue.Show(MimeBundle.From(line));
        for (var seconds = 1; await Task.WhenAny(restoring, Task.Delay(ProgressInterval)).ConfigureAwait(false) != restoring; seconds++)
        {
            shown.Update($"{line} {seconds} s");
        }

        return shown;
    }

    private bool IsLoaded(PackageRequest request)
    {
        if (asked.GetValueOrDefault(request.Name) == request.Version)
        {
            return true;
        }

        if (!loaded.TryGetValue(request.Name, out var version))
        {
            return false;
        }

        return request.Allows(version)
            ? true
            : throw new PackageException(
                "NuGet", $"{request.Name} {version} is loaded already. Restart the kernel to use {request.Version}.", request.Line);
    }

    private void Keep(List<PackageRequest> requests, RestoredPackages restored)
    {
        foreach (var (name, version) in restored.Versions)
        {
            loaded.TryAdd(name, version);
        }

        foreach (var request in requests)
        {
            asked[request.Name] = request.Version;
        }
    }

    private string VersionOf(PackageRequest request) => loaded.GetValueOrDefault(request.Name, request.Version);

    private string Explain(PackageException exception) => exception.Code == "NU1107" && asked.Count > 0
        ? $"{exception.Message}\nIt doesn't go with what cells asked for before ({string.Join(", ", asked.Select(package => $"{package.Key} {package.Value}"))}). "
            + "Restart the kernel and ask for versions that go together."
        : exception.Message;
}
