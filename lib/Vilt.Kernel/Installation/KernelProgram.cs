using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Vilt.Kernel.Installation;

/// <summary>
/// The kernel's own program: the files beside this assembly, in its own build or in that of a program that contains the kernel.
/// A kernel spec's folder gets a copy, in a folder named after the content, so the copy does not change when the original is rebuilt, moved
/// or removed.
/// </summary>
internal static class KernelProgram
{
    private const string Prefix = "program-";
    private const string Name = "Vilt.Kernel";
    private const string Dependencies = $"{Name}.deps.json";
    private static readonly string Source = AppContext.BaseDirectory;

    /// <summary>Copies the program into a spec's folder, unless it is there already, and returns the path of its DLL.</summary>
    public static string CopyTo(string specFolder)
    {
        var folder = Path.Combine(specFolder, FolderName());
        if (!Directory.Exists(folder))
        {
            var beside = Directory.CreateDirectory($"{folder}.{Guid.NewGuid():N}.part").FullName;
            foreach (var file in Files())
            {
                File.Copy(Path.Combine(Source, file), Path.Combine(beside, file));
            }

            Directory.Move(beside, folder);
        }

        return Path.Combine(folder, $"{Name}.dll");
    }

    /// <summary>Whether a spec's folder holds exactly this program.</summary>
    public static bool IsIn(string specFolder) => Directory.Exists(Path.Combine(specFolder, FolderName()));

    /// <summary>Removes other programs from a spec's folder, except those that a kernel is running from.</summary>
    public static void RemoveOthers(string specFolder)
    {
        foreach (var folder in Directory.GetDirectories(specFolder, Prefix + "*").Where(folder => Path.GetFileName(folder) != FolderName()))
        {
            try
            {
                File.Open(Path.Combine(folder, Dependencies), FileMode.Open, FileAccess.Read, FileShare.None).Dispose();
                Directory.Delete(folder, recursive: true);
            }
            catch (FileNotFoundException)
            {
                Directory.Delete(folder, recursive: true); // An unfinished copy.
            }
            catch (IOException)
            {
                // A running kernel holds it open, by Use, and still loads files from it.
            }
        }
    }

    /// <summary>Protects the running program from being removed.</summary>
    public static IDisposable Use() => File.Open(Path.Combine(Source, Dependencies), FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>The program's files by name. A build for one system puts all of them into one folder.</summary>
    private static IEnumerable<string> Files()
    {
        var targets = JsonNode.Parse(File.ReadAllText(Path.Combine(Source, Dependencies)))!["targets"]!.AsObject();
        var libraries = targets.SelectMany(target => target.Value!.AsObject()).Select(library => library.Value!);
        var assets = libraries.SelectMany(library => new[] { library["runtime"], library["native"] }).OfType<JsonObject>();
        var names = assets.SelectMany(group => group).Select(asset => Path.GetFileName(asset.Key));
        return names.Concat([$"{Name}.runtimeconfig.json", Dependencies]).Distinct();
    }

    /// <summary>Version and content: two builds of one version are two programs.</summary>
    private static string FolderName()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files().Order(StringComparer.Ordinal))
        {
            hash.AppendData(File.ReadAllBytes(Path.Combine(Source, file)));
        }

        var version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);
        return $"{Prefix}{version}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..12]}";
    }
}
