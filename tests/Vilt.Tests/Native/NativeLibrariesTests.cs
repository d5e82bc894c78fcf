using Vilt.Native;

namespace Vilt.Tests.Native;

public class NativeLibrariesTests
{
    private static string[] Built { get; } = [.. NativeLibraries.Names.Select(name => Path.Combine(AppContext.BaseDirectory, name))];

    [Fact]
    public void Load_from_the_folder_that_the_build_made() => NativeLibraries.Load([AppContext.BaseDirectory]);

    [Fact]
    public void A_missing_library_is_named_with_the_folders_and_the_cure()
    {
        foreach (var missing in Built)
        {
            using var folder = LinksTo(Built.Except([missing]));
            var message = Assert.Throws<DllNotFoundException>(() => NativeLibraries.Load([folder.Path])).Message;
            Assert.Contains($"{Path.GetFileName(missing)} is missing", message);
            Assert.Contains(folder.Path, message);
            Assert.Contains("dotnet build", message);
        }
    }

    [Fact]
    public void A_library_that_does_not_load_is_named_with_the_loaders_reason_and_the_cure()
    {
        var broken = Built[^1];
        using var folder = LinksTo(Built.Except([broken]));
        var path = folder[Path.GetFileName(broken)];
        File.WriteAllText(path, "no library at all, but longer than the header of one, so that the loader reads it: it must see what it begins with");
        var message = Assert.Throws<DllNotFoundException>(() => NativeLibraries.Load([folder.Path])).Message;
        Assert.StartsWith($"torch's native library {path} does not load: ", message);
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("invalid ELF header", message);
        }

        Assert.Contains("dotnet build", message);
        Assert.DoesNotContain('\n', message);
    }

    private static TemporaryFolder LinksTo(IEnumerable<string> files)
    {
        var folder = new TemporaryFolder();
        foreach (var file in files)
        {
            File.CreateSymbolicLink(folder[Path.GetFileName(file)], file);
        }

        return folder;
    }
}
