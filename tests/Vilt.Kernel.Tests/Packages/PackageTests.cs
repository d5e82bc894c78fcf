using System.Net;
using System.Net.Sockets;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Packages;

public sealed class PackageTests : IDisposable
{
    private readonly PackageFeed feed = new();
    private readonly string name = "Zoo" + Guid.NewGuid().ToString("N");

    public void Dispose() => feed.Dispose();

    [Fact]
    public async Task A_package_and_what_it_needs_are_used_in_the_cell_and_later_ones()
    {
        feed.Add(name + "Food", "1.1.0", "public class Food { public string Name => \"hay\"; }");
        feed.Add(name, "2.0.0", "public class Zebra { public int Legs => 4; }", needs: (name + "Food", "1.0.0"));
        using var session = new Session(feed.Notebooks);
        var outputs = await session.RunAsync($"// first\n#r \"nuget: {name}, 2.0.0\"\nnew Zebra().Legs");
        Assert.Equal("4", Session.Text(Assert.IsType<ExecuteResult>(outputs[^1]).Bundle));
        Assert.Equal("4 hay", await session.ValueAsync("$\"{new Zebra().Legs} {new Food().Name}\""));
    }

    [Fact]
    public async Task Progress_is_shown_and_becomes_the_version_that_was_found()
    {
        feed.Add(name, "1.0.0", "public class Zebra { }");
        feed.Add(name, "1.2.0", "public class Zebra { }");
        using var session = new Session(feed.Notebooks);
        var outputs = await session.RunAsync($"#r \"nuget: {name}\"");
        var shown = Assert.IsType<DisplayData>(outputs[0]);
        Assert.Equal($"Restoring {name} …", Session.Text(shown.Bundle));
        var last = Assert.IsType<UpdateDisplay>(outputs[^1]);
        Assert.Equal((shown.DisplayId, $"Packages: {name} 1.2.0"), (last.DisplayId, Session.Text(last.Bundle)));
    }

    [Fact]
    public async Task The_native_library_of_this_system_is_loaded()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var native = Directory.GetFiles(runtime, "*System.IO.Compression.Native.*").Single(path => Path.GetExtension(path) is ".so" or ".dylib" or ".dll");
        feed.Add(name, "1.0.0", $"public static class Checksum {{ [System.Runtime.InteropServices.DllImport(\"{name}\")] public static extern uint CompressionNative_Crc32(uint crc, byte[] data, int length); }}", native);
        using var session = new Session(feed.Notebooks);
        await session.RunAsync($"#r \"nuget: {name}, 1.0.0\"");
        Assert.Equal("3904355907", await session.ValueAsync("Checksum.CompressionNative_Crc32(0, [(byte)'a'], 1)"));
    }

    [Fact]
    public async Task A_loaded_package_asked_for_again_is_there_and_shows_nothing()
    {
        feed.Add(name, "1.0.0", "public class Zebra { public int Legs => 4; }");
        using var session = new Session(feed.Notebooks);
        await session.RunAsync($"#r \"nuget: {name}, 1.0.0\"");
        Assert.Equal("4", await session.ValueAsync($"#r \"nuget: {name}, 1.0.0\"\nnew Zebra().Legs"));
        Assert.Equal("4", await session.ValueAsync($"#r \"nuget:{name.ToUpperInvariant()}\"\nnew Zebra().Legs"));
    }

    [Fact]
    public async Task Another_version_of_a_loaded_package_is_refused()
    {
        feed.Add(name, "1.0.0", "public class Zebra { }");
        feed.Add(name, "2.0.0", "public class Zebra { }");
        using var session = new Session(feed.Notebooks);
        await session.RunAsync($"#r \"nuget: {name}, 1.0.0\"");
        var error = await session.RunAsync<CellError>($"\n#r \"nuget: {name}, 2.0.0\"");
        Assert.Equal($"{name} 1.0.0 is loaded already. Restart the kernel to use 2.0.0.", error.Message);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public async Task A_package_that_needs_a_newer_version_of_a_loaded_one_gets_the_loaded_one_and_the_cell_says_so()
    {
        feed.Add(name + "Food", "1.0.0", "public class Food { public string Name => \"hay\"; }");
        feed.Add(name + "Food", "2.0.0", "public class Food { public string Name => \"oats\"; }");
        feed.Add(name, "1.0.0", "public class Zebra { }", needs: (name + "Food", "1.0.0"));
        feed.Add(name + "Park", "1.0.0", "public class Park { }", needs: (name + "Food", "2.0.0"));
        using var session = new Session(feed.Notebooks);
        await session.RunAsync($"#r \"nuget: {name}, 1.0.0\"");
        var outputs = await session.RunAsync($"#r \"nuget: {name}Park, 1.0.0\"\nnew Park().GetType().Name + new Food().Name");
        Assert.Equal("Parkhay", Session.Text(Assert.IsType<ExecuteResult>(outputs[^1]).Bundle));
        Assert.StartsWith($"{name}Food 1.0.0 is used, but another package needs 2.0.0 or newer.", Assert.Single(outputs.OfType<StreamOutput>()).Text, StringComparison.Ordinal);
        Assert.Empty((await session.RunAsync($"#r \"nuget: {name}Park, 1.0.0\"")).OfType<StreamOutput>());
    }

    [Fact]
    public async Task A_version_that_a_cell_asks_for_is_used_where_another_package_needs_a_newer_one_and_the_cell_says_so()
    {
        feed.Add(name, "1.0.0", "public class Zebra { public int Legs => 4; }");
        feed.Add(name, "2.0.0", "public class Zebra { public int Legs => 5; }");
        feed.Add(name + "Park", "1.0.0", "public class Park { }", needs: (name, "2.0.0"));
        using var session = new Session(feed.Notebooks);
        var outputs = await session.RunAsync($"#r \"nuget: {name}, 1.0.0\"\n#r \"nuget: {name}Park, 1.0.0\"\nnew Park().GetType().Name + new Zebra().Legs");
        Assert.Equal("Park4", Session.Text(Assert.IsType<ExecuteResult>(outputs[^1]).Bundle));
        Assert.Contains($"ask for {name} 2.0.0 first", Assert.Single(outputs.OfType<StreamOutput>()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Net_interactives_own_library_which_packages_bring_leaves_the_kernels_names_to_cells()
    {
        feed.Add("Microsoft.DotNet.Interactive", "1.0.0", "namespace Microsoft.DotNet.Interactive { public class Kernel { public static int Legs => 4; } }");
        feed.Add(name, "1.0.0", "public class Zebra { public int Legs => 4; }", needs: ("Microsoft.DotNet.Interactive", "1.0.0"));
        using var session = new Session(feed.Notebooks);
        await session.RunAsync($"#r \"nuget: {name}, 1.0.0\"");
        var shown = await session.RunAsync<DisplayData>("using Microsoft.DotNet.Interactive;\nKernel.display(new Zebra().Legs);");
        Assert.Equal("4", Session.Text(shown.Bundle));
        var completions = await session.Language.CompleteAsync("Kernel.GetIn", "Kernel.GetIn".Length, TestContext.Current.CancellationToken);
        Assert.Contains("GetInputAsync", completions.Items.Select(item => item.Text));
    }

    [Fact]
    public async Task A_package_without_an_assembly_is_none_the_less_one()
    {
        feed.Add(name, "1.0.0", code: null);
        using var session = new Session(feed.Notebooks);
        var outputs = await session.RunAsync($"#r \"nuget: {name}\"\n1 + 1");
        Assert.Equal("2", Session.Text(Assert.IsType<ExecuteResult>(outputs[^1]).Bundle));
        Assert.Equal($"Packages: {name} 1.0.0", Session.Text(outputs.OfType<UpdateDisplay>().Last().Bundle));
    }

    [Fact]
    public async Task An_unknown_package_is_told_with_its_line_and_the_next_cell_runs()
    {
        using var session = new Session(feed.Notebooks);
        var outputs = await session.RunAsync($"// first\n#r \"nuget: {name}, 1.0.0\"\n1");
        var error = Assert.IsType<CellError>(outputs[^1]);
        Assert.Equal(("NU1101", 2), (error.Name, error.Line));
        Assert.StartsWith("cell 1, line 2: error NU1101: ", error.Traceback[0], StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task A_source_that_can_not_be_reached_is_told_as_such()
    {
        using var nobody = new PackageFeed("http://127.0.0.1:1/v3/index.json");
        using var session = new Session(nobody.Notebooks);
        var outputs = await session.RunAsync($"#r \"nuget: {name}, 1.0.0\"\n1");
        var error = Assert.IsType<CellError>(outputs[^1]);
        Assert.Equal("NU1301", error.Name);
        Assert.Contains("offline", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nuget:")]
    [InlineData("nuget: Some Package")]
    [InlineData("nuget: Package, 1.0 \\\" Condition=\\\"x")]
    public async Task What_is_no_package_is_told(string reference)
    {
        using var session = new Session(feed.Notebooks);
        var error = await session.RunAsync<CellError>($"#r \"{reference}\"");
        Assert.Equal(1, error.Line);
    }

    [Fact]
    public async Task An_interrupt_ends_a_restore()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(); // Takes the connection and never answers.
        using var slow = new PackageFeed($"http://{silent.LocalEndpoint}/v3/index.json");
        using var session = new Session(slow.Notebooks);
        var outputs = await session.InterruptAtFirstOutputAsync($"#r \"nuget: {name}, 1.0.0\"\n1");
        Assert.Equal(nameof(OperationCanceledException), Assert.IsType<CellError>(outputs[^1]).Name);
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

    [Theory]
    [InlineData("#i \"nuget: {0}\"")]
    [InlineData("#i \"nuget:{0}\"")]
    [InlineData("#i \"{0}\"")]
    public async Task A_source_that_a_cell_adds_is_asked_too(string line)
    {
        feed.Add(name, "1.0.0", "public class Zebra { public int Legs => 4; }");
        using var elsewhere = new PackageFeed();
        using var session = new Session(elsewhere.Notebooks);
        var source = string.Format(System.Globalization.CultureInfo.InvariantCulture, line, feed.Source);
        var outputs = await session.RunAsync($"{source}\n#r \"nuget: {name}, 1.0.0\"\nnew Zebra().Legs");
        Assert.Equal("4", Session.Text(Assert.IsType<ExecuteResult>(outputs[^1]).Bundle));
    }

    [Fact]
    public async Task A_source_that_is_no_folder_is_told()
    {
        using var session = new Session(feed.Notebooks);
        var error = await session.RunAsync<CellError>("\n#i \"nuget: ../missing\"");
        Assert.Contains("There is no folder", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
    }

    [Theory]
    [InlineData("SkiaSharp")]
    [InlineData("Markdig")]
    [InlineData("Spectre.Console")]
    public async Task Of_a_package_that_the_program_has_too_cells_get_their_own_version(string package)
    {
        feed.Add(package, "0.0.1", "public class Zebra { public static System.Reflection.Assembly Home => typeof(Zebra).Assembly; }");
        using var session = new Session(feed.Notebooks);
        var outputs = await session.RunAsync($"#r \"nuget: {package}, 0.0.1\"\nZebra.Home.GetName().Name + Zebra.Home.Location.Contains(\"0.0.1\")");
        Assert.Equal(package + "True", Session.Text(Assert.IsType<ExecuteResult>(outputs[^1]).Bundle));
        Assert.DoesNotContain(outputs, output => output is StreamOutput);
    }
}
