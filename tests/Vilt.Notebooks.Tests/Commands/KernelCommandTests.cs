using System.Text.Json.Nodes;

namespace Vilt.Notebooks.Tests.Commands;

/// <summary>The kernel's commands for a user whose home is empty, and who has no Jupyter on the PATH.</summary>
public sealed class KernelCommandTests : IDisposable
{
    private readonly TestFolder home = new();
    private readonly Dictionary<string, string?> environment;

    public KernelCommandTests() => environment = new()
    {
        ["HOME"] = home.Path,
        ["PATH"] = "",
        ["XDG_DATA_HOME"] = null,
        ["XDG_CONFIG_HOME"] = null,
        ["JUPYTER_DATA_DIR"] = null,
        ["JUPYTER_PATH"] = null,
    };

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task A_kernel_is_installed_found_and_removed()
    {
        Assert.Equal(0, (await RunAsync("install", "--user")).ExitCode);
        var folder = home[".local/share/jupyter/kernels/.net-csharp"];
        Assert.Equal(["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        var spec = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "kernel.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(("C#", "message"), (spec["language"]!.ToString(), spec["interrupt_mode"]!.ToString()));
        Assert.All(spec["argv"]!.AsArray().Take(2), file => Assert.True(File.Exists(file!.ToString()) && Path.IsPathFullyQualified(file.ToString())));
        Assert.StartsWith(folder, spec["argv"]![1]!.ToString(), StringComparison.Ordinal); // No build and no move of the checkout changes it.
        Assert.DoesNotContain(Directory.GetFiles(folder, "*", SearchOption.AllDirectories), file => file.Contains("torch", StringComparison.OrdinalIgnoreCase));
        Assert.Contains($"* .net-csharp          {folder}", (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("uninstall")).ExitCode);
        Assert.False(Directory.Exists(folder));
        Assert.Equal(1, (await RunAsync("uninstall")).ExitCode);
    }

    [Fact]
    public async Task Another_builds_kernel_is_told_and_replaced_but_not_while_it_runs()
    {
        await RunAsync("install");
        var folder = home[".local/share/jupyter/kernels/.net-csharp"];
        var program = Directory.GetDirectories(folder).Single();
        var (older, used) = (Path.Combine(folder, "program-0.0.1-older"), Path.Combine(folder, "program-0.0.2-used"));
        Directory.Move(program, older);
        Directory.CreateDirectory(used);
        File.Copy(Path.Combine(older, "Vilt.Kernel.deps.json"), Path.Combine(used, "Vilt.Kernel.deps.json"));
        var spec = Path.Combine(folder, "kernel.json");
        await File.WriteAllTextAsync(spec, (await File.ReadAllTextAsync(spec, TestContext.Current.CancellationToken)).Replace(program, older, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Contains("MISSING kernel spec: .net-csharp in " + folder + " starts another build\n        Run: vilt kernel install", (await RunAsync("doctor")).Output, StringComparison.Ordinal);
        using (File.Open(Path.Combine(used, "Vilt.Kernel.deps.json"), FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            Assert.Equal(0, (await RunAsync("install")).ExitCode);
        }

        Assert.Equal([used, program], Directory.GetDirectories(folder).Order());
        Assert.Contains(program, await File.ReadAllTextAsync(spec, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_that_the_environment_names_come_first()
    {
        environment["JUPYTER_DATA_DIR"] = home["data"];
        Assert.Equal(0, (await RunAsync("install", "--name", "mine")).ExitCode);
        environment["JUPYTER_DATA_DIR"] = null;
        Assert.DoesNotContain("mine", (await RunAsync("list")).Output, StringComparison.Ordinal);
        environment["JUPYTER_PATH"] = home["data"];
        Assert.Contains(home["data/kernels/mine"], (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_programs_kernel_stays()
    {
        home.Write("env/share/jupyter/kernels/.net-csharp/kernel.json", """{"argv":["dotnet-interactive"],"display_name":"other"}""");
        var (exitCode, _, error) = await RunAsync("install", "--prefix", home["env"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("another program's kernel", error, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("uninstall", "--prefix", home["env"])).ExitCode);
        Assert.Single(Directory.GetFiles(home["env/share/jupyter/kernels/.net-csharp"]));
    }

    /// <summary>Loading it takes a third of a second, twice at each start of a kernel.</summary>
    [Fact]
    public async Task The_kernel_commands_do_without_libtorch()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the loader's log is Linux's");
        environment["LD_DEBUG"] = "files";
        var (exitCode, _, loaded) = await RunAsync("list");
        Assert.Equal(0, exitCode);
        Assert.Contains("libcoreclr", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", loaded, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_environment_that_is_not_there_is_an_error() => Assert.Equal(1, (await RunAsync("install", "--sys-prefix")).ExitCode);

    [Fact]
    public async Task The_doctor_says_what_to_do()
    {
        var (exitCode, output, _) = await RunAsync("doctor");
        Assert.Equal(1, exitCode);
        Assert.Contains("MISSING kernel spec: not installed\n        Run: vilt kernel install", output, StringComparison.Ordinal);
        Assert.Contains("MISSING Jupyter", output, StringComparison.Ordinal);
        Assert.Contains("MISSING VS Code", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_VS_Code_and_the_kernel_all_that_is_needed_is_there()
    {
        Directory.CreateDirectory(home[".vscode/extensions/ms-toolsai.jupyter-2026.1.0"]);
        home.Write(".config/Code/User/settings.json", "{ // mine\n \"workbench.editorAssociations\": { \"*.ipynb\": \"polyglot-notebook\" }, }");
        await RunAsync("install");
        var (exitCode, output, _) = await RunAsync("doctor");
        Assert.Equal(0, exitCode);
        Assert.Contains("ok      kernel spec: .net-csharp in ", output, StringComparison.Ordinal);
        Assert.Contains("ok      VS Code: ms-toolsai.jupyter-2026.1.0", output, StringComparison.Ordinal);
        Assert.Contains("MISSING VS Code: notebooks open with polyglot-notebook", output, StringComparison.Ordinal);
        Assert.Contains("shows no completions in C# cells\n        Run install with --vscode", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "{\n    \"jupyter.completionTriggerCharacters\": { \"csharp\": [\".\"] }\n}\n")]
    [InlineData("{}", "{\n    \"jupyter.completionTriggerCharacters\": { \"csharp\": [\".\"] }\n}")]
    [InlineData("// mine\n{ /* é */ \"a\": 1, }", "// mine\n{\n    \"jupyter.completionTriggerCharacters\": { \"csharp\": [\".\"] }, /* é */ \"a\": 1, }")]
    [InlineData(
        "{ \"b\": { \"jupyter.completionTriggerCharacters\": 1 }, \"jupyter.completionTriggerCharacters\": { \"julia\": [\".\"] } }",
        "{ \"b\": { \"jupyter.completionTriggerCharacters\": 1 }, \"jupyter.completionTriggerCharacters\": { \"csharp\": [\".\"], \"julia\": [\".\"] } }")]
    public async Task Install_adds_to_VS_Codes_settings_and_leaves_the_rest(string? before, string after)
    {
        const string Settings = ".config/Code/User/settings.json";
        if (before is not null)
        {
            home.Write(Settings, before);
        }

        Assert.Equal(0, (await RunAsync("install", "--vscode")).ExitCode);
        Assert.Equal(0, (await RunAsync("install", "--vscode")).ExitCode);
        Assert.Equal(after, await File.ReadAllTextAsync(home[Settings], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{ \"jupyter.completionTriggerCharacters\": { \"csharp\": \".\" } }")]
    [InlineData("{ \"jupyter.completionTriggerCharacters\": ")]
    public async Task Settings_that_it_cannot_add_to_stay_and_are_named(string before)
    {
        const string Settings = ".config/Code/User/settings.json";
        home.Write(Settings, before);
        var (exitCode, _, error) = await RunAsync("install", "--vscode");
        Assert.Equal(1, exitCode);
        Assert.Contains("settings.json", error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(home[Settings], TestContext.Current.CancellationToken));
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        ViltProgram.RunAsync(environment, ["kernel", .. arguments]);
}
