using System.Text.Json;
using System.Xml.Linq;

namespace Vilt.Kernel.Packages;

/// <summary>The project that the .NET SDK restores, like a program with these packages.</summary>
internal static class RestoreProject
{
    public const string FileName = "packages.csproj";
    public const string Target = "List";
    private const string ListName = "files.txt";

    /// <summary>Writes the project.</summary>
    /// <param name="folder">The folder to write it to.</param>
    /// <param name="settingsFolder">Where NuGet starts to look for NuGet.config: there, in the folders above and in the user's own.</param>
    /// <param name="sources">Sources beside those of NuGet.config.</param>
    /// <param name="versions">The version or range of each package.</param>
    public static void Write(string folder, string settingsFolder, IEnumerable<string> sources, IEnumerable<KeyValuePair<string, string>> versions)
    {
        var packages = versions.Select(package =>
            new XElement("PackageReference", new XAttribute("Include", package.Key), new XAttribute("Version", package.Value)));
        new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("TargetFramework", $"net{Environment.Version.ToString(2)}"),
                new XElement("UseCurrentRuntimeIdentifier", true), // Only this system's native libraries.
                new XElement("SelfContained", false),
                new XElement("UseAppHost", false),
                new XElement("CopyLocalLockFileAssemblies", true),
                new XElement("NuGetAudit", false), // It would ask the source even when every package is there.
                new XElement("RestoreRootConfigDirectory", settingsFolder),
                new XElement("RestoreAdditionalProjectSources", string.Join(';', sources))),
            new XElement("ItemGroup", packages),
            new XElement(
                "Target",
                new XAttribute("Name", Target),
                new XAttribute("DependsOnTargets", "ResolveReferences"),
                List("runtime", "@(RuntimeCopyLocalItems", overwrite: true),
                List("native", "@(NativeCopyLocalItems", overwrite: false),
                List("satellite", "@(ResourceCopyLocalItems", overwrite: false))).Save(Path.Combine(folder, FileName));
    }

    /// <summary>Reads what the project's target listed.</summary>
    /// <param name="folder">The project's folder.</param>
    public static RestoredPackages Read(string folder)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, ListName)).Where(line => line.Length > 0).Select(line => line.Split('|')).ToList();
        List<PackageFile> FilesOf(string kind) =>
            lines.Where(line => line[0] == kind).Select(line => new PackageFile(line[1], line[2], line[3])).ToList();
        return new(FilesOf("runtime"), FilesOf("native"), FilesOf("satellite"), VersionsIn(folder));
    }

    /// <summary>NuGet's own list of what it restored has entries such as <c>"Name/1.0.0"</c>.</summary>
    private static Dictionary<string, string> VersionsIn(string folder)
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "obj", "project.assets.json")));
        return assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/'))
            .ToDictionary(library => library[0], library => library[1], StringComparer.OrdinalIgnoreCase);
    }

    private static XElement List(string kind, string items, bool overwrite) => new(
        "WriteLinesToFile",
        new XAttribute("File", ListName),
        new XAttribute("Lines", items + $"->'{kind}|%(NuGetPackageId)|%(NuGetPackageVersion)|%(FullPath)')"),
        new XAttribute("Overwrite", overwrite));
}
