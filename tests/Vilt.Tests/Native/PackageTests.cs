using System.Diagnostics;
using System.IO.Compression;

namespace Vilt.Tests.Native;

/// <summary>The library's NuGet package, in a new console project. Takes a minute.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Program = """
        using Vilt.Pipelines;

        using var vqa = VqaPipeline.From(args[0] + "/vilt-zoo-finetuned-vqa");
        Console.WriteLine(vqa.Ask(args[0] + "/zebra.png", "how many zebras are on the picture")[0].Answer);
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("vilt-package").FullName;
    private readonly string version = $"0.1.0-test{Guid.NewGuid():N}"; // Never one that NuGet has in its cache.

    [Fact]
    public async Task A_new_project_answers_a_question_with_the_packed_library()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await Run(
            Goldens.RepositoryFolder(), "pack", "lib/Vilt", "--no-build", "-c", configuration, $"-p:PackageVersion={version}", "-o", folder);
        using (var package = await ZipFile.OpenReadAsync(Path.Combine(folder, $"Vilt.{version}.nupkg"), TestContext.Current.CancellationToken))
        {
            string[] parts = ["lib/net10.0/Vilt.dll", "lib/net10.0/Vilt.xml", "README.md", "LICENSE", "buildTransitive/Vilt.targets"];
            Assert.Empty(parts.Except(package.Entries.Select(entry => entry.FullName)));
        }

        Write("new/nuget.config", $"""<configuration><packageSources><add key="packed" value="{folder}" /></packageSources></configuration>""");
        Write("new/Program.cs", Program);
        Write("new/new.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <!-- As in Directory.Build.props. -->
                <NoWarn>$(NoWarn);NU1603</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Vilt" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        var said = await Run(Path.Combine(folder, "new"), "run", "--", Path.Combine(Goldens.RepositoryFolder(), "assets"));
        Assert.Equal("2", said.Trim());
    }

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var unpacked = Path.Combine(cache, "vilt", version);
        if (Directory.Exists(unpacked))
        {
            Directory.Delete(unpacked, recursive: true);
        }
    }

    private void Write(string name, string content)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private static async Task<string> Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
