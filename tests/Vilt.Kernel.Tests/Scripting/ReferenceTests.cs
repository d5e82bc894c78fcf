using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Scripting;

public sealed class ReferenceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("references").FullName;
    private readonly string name = "Zoo" + Guid.NewGuid().ToString("N");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_relative_path_starts_at_the_notebook_folder()
    {
        Emit(name, "public class Keeper { public string Feeds => \"zebra\"; }");
        using var session = NotebookSession();
        Assert.Equal("zebra", await session.ValueAsync($"#r \"../lib/{name}.dll\"\nnew Keeper().Feeds"));
        Assert.Equal("zebra", await session.ValueAsync("new Keeper().Feeds"));
    }

    [Fact]
    public async Task What_an_assembly_needs_is_found_beside_it_and_the_host_sees_the_same_copy()
    {
        var inner = Emit(name + "Inner", "public class Inner { public static int Count; }");
        Emit(name, "public class Outer { public int Next() => ++Inner.Count; }", inner);
        using var session = NotebookSession();
        Assert.Equal("1", await session.ValueAsync($"#r \"../lib/{name}.dll\"\nnew Outer().Next()"));
        Assert.Equal("1", await session.ValueAsync($"#r \"../lib/{name}Inner.dll\"\nInner.Count"));
        Assert.Single(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name == name);
        Assert.Single(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name == name + "Inner");
    }

    [Fact]
    public async Task An_assembly_of_the_host_is_used_instead_of_the_file()
    {
        var host = typeof(Microsoft.DotNet.Interactive.Formatting.Formatter).Assembly;
        Directory.CreateDirectory(Path.Combine(folder, "lib"));
        File.Copy(host.Location, Path.Combine(folder, "lib", Path.GetFileName(host.Location)));
        using var session = NotebookSession();
        var location = await session.ValueAsync($"#r \"../lib/{Path.GetFileName(host.Location)}\"\ntypeof(Microsoft.DotNet.Interactive.Formatting.Formatter).Assembly.Location");
        Assert.Equal(host.Location, location);
    }

    [Fact]
    public async Task A_missing_path_is_told_with_its_line_and_nothing_that_follows_from_it()
    {
        using var session = NotebookSession();
        var error = await session.RunAsync<CellError>("// first\n#r \"../lib/Missing.dll\"\nusing Missing;");
        Assert.Equal(("CS0006", 2), (error.Name, error.Line));
        Assert.Contains("../lib/Missing.dll", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, error.Traceback.Count);
    }

    [Fact]
    public async Task A_file_that_is_no_assembly_is_told()
    {
        Directory.CreateDirectory(Path.Combine(folder, "lib"));
        File.WriteAllText(Path.Combine(folder, "lib", "Text.dll"), "not an assembly");
        using var session = NotebookSession();
        var error = await session.RunAsync<CellError>("#r \"../lib/Text.dll\"\n1");
        Assert.Contains("Text.dll", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cells_see_nothing_of_the_host_that_they_did_not_ask_for()
    {
        using var session = NotebookSession();
        Assert.Equal("CS0246", (await session.RunAsync<CellError>("using Xunit;")).Name);
    }

    [Fact]
    public async Task A_file_that_is_not_where_the_notebook_says_is_looked_for_in_the_folders_of_a_variable()
    {
        Emit(name, "public class Keeper { public string Feeds => \"zebra\"; }");
        Environment.SetEnvironmentVariable("CSHARP_KERNEL_LIB", $"{Path.Combine(folder, "nowhere")}{Path.PathSeparator}{Path.Combine(folder, "lib")}");
        try
        {
            using var session = NotebookSession();
            Assert.Equal("zebra", await session.ValueAsync($"#r \"../../moved/{name}.dll\"\nnew Keeper().Feeds"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("CSHARP_KERNEL_LIB", null);
        }
    }

    private Session NotebookSession() => new(Directory.CreateDirectory(Path.Combine(folder, "notebooks")).FullName);

    private string Emit(string assembly, string code, params string[] references) =>
        TestAssembly.Emit(Path.Combine(folder, "lib"), assembly, code, references);
}
