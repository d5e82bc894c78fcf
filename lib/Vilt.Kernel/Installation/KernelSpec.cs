using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vilt.Kernel.Commands;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Installation;

/// <summary>A folder with a <c>kernel.json</c> and logos, by which front ends start a kernel (jupyter_client's "Making kernels for Jupyter").</summary>
/// <param name="Folder">The folder; its name is the kernel's.</param>
/// <param name="DisplayName">What front ends call the kernel.</param>
/// <param name="Arguments">The command that starts it.</param>
/// <param name="IsOurs">Whether this program wrote it.</param>
internal sealed record KernelSpec(string Folder, string DisplayName, IReadOnlyList<string> Arguments, bool IsOurs)
{
    /// <summary>The name that C# notebooks have asked for since .NET Interactive, so they open without asking which kernel to use.</summary>
    public const string DefaultName = ".net-csharp";

    private const string FileName = "kernel.json";
    private const string Mark = "vilt";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly string[] Logos = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];

    public string Name => Path.GetFileName(Folder);

    /// <summary>The first file that the command needs and that does not exist, or null.</summary>
    public string? MissingFile =>
        Arguments.Take(2).FirstOrDefault(argument => Path.IsPathFullyQualified(argument) && !File.Exists(argument));

    /// <summary>The specs in some folders of kernels; of those with the same name, the first, as in Jupyter.</summary>
    public static IReadOnlyList<KernelSpec> FindAll(IEnumerable<string> folders) =>
    [
        .. folders.Where(Directory.Exists).SelectMany(Directory.GetDirectories).Order().Select(Read).OfType<KernelSpec>()
            .DistinctBy(spec => spec.Name, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Reads a spec; null where there is none, or one that cannot be read.</summary>
    public static KernelSpec? Read(string folder)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, FileName)))!;
            var arguments = json["argv"]!.AsArray().Select(argument => argument!.GetValue<string>());
            return new(folder, json["display_name"]!.GetValue<string>(), [.. arguments], json["metadata"]?[Mark] is not null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>Writes a spec.</summary>
    /// <param name="folder">The spec's folder.</param>
    /// <param name="program">The kernel's program.</param>
    /// <param name="libraries">A folder in which <c>#r</c> looks for files that are not where a notebook says, or null.</param>
    public static void Write(string folder, string program, string? libraries)
    {
        var name = Path.GetFileName(folder);
        foreach (var logo in Logos)
        {
            using var content = Assembly.GetExecutingAssembly().GetManifestResourceStream(logo)!;
            Replace(Path.Combine(folder, logo), content.CopyTo);
        }

        var json = new JsonObject
        {
            ["argv"] = new JsonArray([Dotnet(), program, KernelRunCommand.Name, "{connection_file}"]),
            ["display_name"] = name == DefaultName ? ".NET (C#)" : $".NET (C#) {name}",
            ["language"] = "C#",
            ["interrupt_mode"] = "message", // Works on Windows too, and reaches only the kernel.
            ["metadata"] = new JsonObject { [Mark] = true, ["debugger"] = false },
        };
        if (libraries is not null)
        {
            json["env"] = new JsonObject { [FileReferences.Variable] = libraries };
        }

        Replace(Path.Combine(folder, FileName), stream => JsonSerializer.Serialize(stream, json, Indented));
    }

    /// <summary>Writes a file next to its destination and moves it there, so that a front end never reads half of it.</summary>
    private static void Replace(string path, Action<Stream> write)
    {
        var beside = path + ".part";
        using (var stream = File.Create(beside))
        {
            write(stream);
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>The <c>dotnet</c> that runs this program. A front end started from a menu may not have it on its PATH.</summary>
    private static string Dotnet()
    {
        var root = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory()).Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    }
}
