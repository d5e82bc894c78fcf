using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Packages;

public sealed class PackageRangeTests : IDisposable
{
    private readonly PackageFeed feed = new();
    private readonly string name = "Zoo" + Guid.NewGuid().ToString("N");

    public void Dispose() => feed.Dispose();

    [Fact]
    public async Task A_package_that_is_loaded_serves_for_each_range_that_it_is_in_and_for_no_other()
    {
        feed.Add(name, "1.2.0", "public class Zebra { public int Legs => 4; }");
        using var session = new Session(feed.Notebooks);
        await session.RunAsync($"#r \"nuget: {name}, [1.0, )\"");
        foreach (var range in new[] { "[1.0,)", "[1.2]", "(1.0, 2.0)", "(,1.2.0]", "1.*", "1.2.0", "1.2", "*" })
        {
            Assert.Equal("4", await session.ValueAsync($"#r \"nuget: {name}, {range}\"\nnew Zebra().Legs"));
        }

        foreach (var range in new[] { "1.3.0", "1.1", "(1.2.0,)", "[1.0,1.2.0)", "2.*", "[1.2.1]", "[2.0,)" })
        {
            var error = await session.RunAsync<CellError>($"#r \"nuget: {name}, {range}\"");
            Assert.Equal($"{name} 1.2.0 is loaded already. Restart the kernel to use {range}.", error.Message);
        }
    }
}
