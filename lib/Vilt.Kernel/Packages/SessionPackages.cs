using Microsoft.CodeAnalysis;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Packages;

/// <summary>
/// The packages of one session. Once a package is loaded it stays at its version, since the runtime holds one version of an assembly.
/// Later restores are told so; where NuGet then finds nothing, the older version stays and the cell says which.
/// </summary>
/// <param name="folder">The notebook's folder, where NuGet starts to look for its settings.</param>
internal sealed class SessionPackages(string folder)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> sources = [];
    private readonly PackageAssemblies assemblies = new();

    /// <summary>What the compiler needs to know of all packages.</summary>
    public IEnumerable<PortableExecutableReference> References => assemblies.References;

    /// <inheritdoc cref="PackageAssemblies.FindNative"/>
    public nint FindNative(string name) => assemblies.FindNative(name);

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

        var restoring = RestoreAsync(requests, cancellation);
        var shown = await ShowProgressAsync(requests, restoring).ConfigureAwait(false);
        try
        {
            var restored = await restoring.ConfigureAwait(false);
            TellOfOlder(restored);
            Keep(requests, restored);
            shown.Update("Packages: " + string.Join(", ", requests.Select(request => $"{request.Name} {VersionOf(request)}")));
            assemblies.Add(restored);
        }
        catch (PackageException exception) when (exception.Line is null)
        {
            throw new PackageException(exception.Code, Explain(exception), requests[0].Line);
        }
    }

    private async Task<RestoredPackages> RestoreAsync(List<PackageRequest> requests, CancellationToken cancellation)
    {
        Task<RestoredPackages> With(IEnumerable<KeyValuePair<string, string>> others) =>
            PackageRestore.RunAsync(VersionsOf(requests, others), folder, sources, cancellation);
        try
        {
            // [1.2] is exactly 1.2, while 1.2 is that or the next version that a source has.
            return await With(loaded.Select(package => KeyValuePair.Create(package.Key, $"[{package.Value}]"))).ConfigureAwait(false);
        }
        catch (PackageException exception) when (IsConflict(exception) && loaded.Count > 0)
        {
            return await With(asked).ConfigureAwait(false);
        }
    }

    private static Dictionary<string, string> VersionsOf(List<PackageRequest> requests, IEnumerable<KeyValuePair<string, string>> others)
    {
        var versions = new Dictionary<string, string>(others, StringComparer.OrdinalIgnoreCase);
        foreach (var request in requests)
        {
            versions[request.Name] = request.Version;
        }

        return versions;
    }

    private static bool IsConflict(PackageException exception) => exception.Code is "NU1605" or "NU1107";

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

    private void TellOfOlder(RestoredPackages restored)
    {
        var older = restored.Versions.Where(package => loaded.GetValueOrDefault(package.Key, package.Value) != package.Value)
            .Select(package => $"{package.Key} {loaded[package.Key]} (not {package.Value})").ToList();
        if (older.Count > 0)
        {
            Console.Error.WriteLine(
                $"Loaded already, and kept: {string.Join(", ", older)}. If the new packages fail with that, restart the kernel and ask for all packages in one cell.");
        }
    }

    private string VersionOf(PackageRequest request) => loaded.GetValueOrDefault(request.Name, request.Version);

    private string Explain(PackageException exception) => IsConflict(exception) && asked.Count > 0
        ? $"{exception.Message}\nIt doesn't go with what cells asked for before ({string.Join(", ", asked.Select(package => $"{package.Key} {package.Value}"))}). "
            + "Restart the kernel and ask for versions that go together."
        : exception.Message;
}
