using System.IO.Compression;
using System.Resources;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vilt.Kernel.Tests.Packages;

/// <summary>A folder with a notebook's NuGet.config, a feed of packages made on the fly, and a folder of packages of its own.</summary>
public sealed class PackageFeed : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("feed").FullName;

    public PackageFeed(string? source = null)
    {
        Directory.CreateDirectory(Path.Combine(folder, "feed"));
        File.WriteAllText(
            Path.Combine(folder, "NuGet.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="here" value="{source ?? "feed"}" allowInsecureConnections="true" /></packageSources>
            </configuration>
            """);
    }

    /// <summary>Where the packages are.</summary>
    public string Source => Path.Combine(folder, "feed");

    /// <summary>Where notebooks are: below the folder with NuGet.config.</summary>
    public string Notebooks => Directory.CreateDirectory(Path.Combine(folder, "notebooks")).FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Puts a package into the feed.</summary>
    /// <param name="name">The package and its assembly.</param>
    /// <param name="version">Its version.</param>
    /// <param name="code">The assembly's code, or null for a package without one.</param>
    /// <param name="native">A native library to take along under the package's name.</param>
    /// <param name="needs">A package and version that it depends on.</param>
    /// <param name="file">An assembly to take along that is there already.</param>
    /// <param name="german">The German for one text of an assembly: the resource that it is in, its key there, and the text.</param>
    public void Add(
        string name, string version, string? code, string? native = null, (string Name, string Version)? needs = null, string? file = null,
        (string Assembly, string Resource, string Key, string Text)? german = null)
    {
        using var package = ZipFile.Open(Path.Combine(folder, "feed", $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        var dependency = needs is { } other ? $"""<dependency id="{other.Name}" version="{other.Version}" />""" : "";
        using (var writer = new StreamWriter(package.CreateEntry(name + ".nuspec").Open()))
        {
            writer.Write(
                $"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
                  <id>{name}</id><version>{version}</version><authors>tests</authors><description>A test's package.</description>
                  <dependencies><group targetFramework="net8.0">{dependency}</group></dependencies>
                </metadata></package>
                """);
        }

        if (code is not null)
        {
            Emit(package.CreateEntry($"lib/net8.0/{name}.dll"), TestAssembly.Compile(name, code));
        }

        if (file is not null)
        {
            package.CreateEntryFromFile(file, $"lib/net8.0/{name}.dll");
        }

        if (german is { } translated)
        {
            var satellite = TestAssembly.Compile(translated.Assembly + ".resources", "[assembly: System.Reflection.AssemblyCulture(\"de\")]");
            Emit(
                package.CreateEntry($"lib/net8.0/de/{translated.Assembly}.resources.dll"), satellite,
                new ResourceDescription(translated.Resource + ".de.resources", () => ResourceOf(translated.Key, translated.Text), isPublic: true));
        }

        if (native is not null)
        {
            var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
            package.CreateEntryFromFile(native, $"runtimes/{system}-{architecture}/native/lib{name}{Path.GetExtension(native)}");
        }
    }

    private static void Emit(ZipArchiveEntry entry, CSharpCompilation library, params IEnumerable<ResourceDescription> resources)
    {
        using var file = entry.Open();
        Assert.True(library.Emit(file, manifestResources: resources).Success);
    }

    private static MemoryStream ResourceOf(string key, string text)
    {
        var resource = new MemoryStream();
        using var writer = new ResourceWriter(resource);
        writer.AddResource(key, text);
        writer.Generate();
        return new(resource.ToArray());
    }
}
