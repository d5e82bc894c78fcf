using System.Text;
using System.Text.Json.Nodes;
using TorchSharp;

namespace Vilt.Tests.Native;

public class WeakenedSymbolVersionTests
{
    private const string SymbolVersion = "GLIBCXX_3.4.32";
    private const byte WeakFlag = 2; // VER_FLG_WEAK

    [Fact]
    public void Torch_loads() => Assert.Equal(6, torch.ones(2, 3).sum().item<float>());

    [Fact]
    public void The_builds_copy_differs_from_the_packages_in_the_flag_of_one_symbol_version_alone()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // a step for Linux
        }

        byte[] package = File.ReadAllBytes(PackageFile()), built = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        Assert.Equal(package.Length, built.Length);
        int[] changed = [.. Enumerable.Range(0, built.Length).Where(i => built[i] != package[i])];
        Assert.NotEmpty(changed);
        Assert.All(changed, flags =>
        {
            Assert.Equal(package[flags] | WeakFlag, built[flags]);
            Assert.Equal(ElfHash(SymbolVersion), BitConverter.ToUInt32(built, flags - sizeof(uint))); // Elf64_Vernaux: hash, then flags
        });
    }

    /// <summary>TorchSharp's own file in NuGet's package folder, as the restored project says.</summary>
    private static string PackageFile()
    {
        var assets = JsonNode.Parse(File.ReadAllText(Path.Combine(Goldens.RepositoryFolder(), "lib", "Vilt", "obj", "project.assets.json")))!;
        var package = assets["libraries"]!.AsObject().Single(library => library.Key.StartsWith("TorchSharp/", StringComparison.Ordinal)).Value!["path"]!.GetValue<string>();
        return assets["packageFolders"]!.AsObject()
            .Select(folder => Path.Combine(folder.Key, package, "runtimes", "linux-x64", "native", "libLibTorchSharp.so")).First(File.Exists);
    }

    /// <summary>The hash of ELF symbol tables (System V ABI, "Hash Table").</summary>
    private static uint ElfHash(string name)
    {
        uint hash = 0;
        foreach (var letter in Encoding.ASCII.GetBytes(name))
        {
            hash = (hash << 4) + letter;
            var top = hash & 0xf0000000;
            hash = (hash ^ (top >> 24)) & ~top;
        }

        return hash;
    }
}
