using Vilt.Notebooks.Tests.Sites;
using Vilt.Scenes;

namespace Vilt.Notebooks.Tests.Commands;

public sealed class DataCommandTests : IDisposable
{
    private const int Pictures = 4;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("needed", "fetched when asked for", 0)]
    [InlineData("none", "missing", 1)]
    public async Task Gets_VQAv2_and_tells_what_is_there(string images, string pictures, int verified)
    {
        using var sites = new RealSites(Pictures);
        var (exitCode, output, error) = await ViltProgram.RunAsync(
            sites.Environment(folder["cache"]), "data", "get", "vqav2", "--split", "val", "--images", images, "--out", folder["vqav2"]);
        Assert.True(exitCode == 0, error);
        Assert.Contains(folder["vqav2"], output, StringComparison.Ordinal);
        Assert.Contains("v2_Questions_Val_mscoco.zip: 100 %", error, StringComparison.Ordinal);
        Assert.Empty(sites.Given("/coco"));

        (exitCode, output, _) = await ViltProgram.RunAsync("data", "info", folder["vqav2"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("val2014", output, StringComparison.Ordinal);
        Assert.Matches($"pictures asked about +{Pictures} ", output);
        Assert.Matches("pictures here +0 ", output);
        Assert.Matches($"pictures that are not here +{pictures} ", output);
        Assert.Matches("answers of type yes/no +[1-9]", output);

        (exitCode, _, _) = await ViltProgram.RunAsync("data", "verify", folder["vqav2"]);
        Assert.Equal(verified, exitCode);
    }

    [Fact]
    public async Task Verifies_what_is_whole_and_names_what_is_not()
    {
        Zoo.Draw(folder["zoo"], Pictures, seed: 5, cancellationToken: TestContext.Current.CancellationToken);
        var (exitCode, output, _) = await ViltProgram.RunAsync("data", "verify", folder["zoo"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("Complete", output, StringComparison.Ordinal);

        File.Delete(folder["zoo/val2014/COCO_val2014_000000000001.png"]);
        File.WriteAllBytes(folder["zoo/val2014/COCO_val2014_000000000002.png"], File.ReadAllBytes(folder["zoo/val2014/COCO_val2014_000000000002.png"])[..100]);
        (exitCode, _, var error) = await ViltProgram.RunAsync("data", "verify", folder["zoo"]);
        Assert.Equal(1, exitCode);
        Assert.Matches("val2014: question 1000 has no picture", error);
        Assert.Matches("val2014: .*COCO_val2014_000000000002.png.* cut short", error);

        folder.Write("zoo/v2_mscoco_val2014_annotations.json", "{");
        (exitCode, _, error) = await ViltProgram.RunAsync("data", "verify", folder["zoo"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("v2_mscoco_val2014_annotations.json", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data", "get", "imagenet")]
    [InlineData("data", "get", "vqav2", "--split", "test")]
    [InlineData("data", "get", "vqav2", "--images", "some")]
    public async Task Refuses_what_there_is_not(params string[] arguments)
    {
        var (exitCode, _, error) = await ViltProgram.RunAsync(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(arguments[^1], error, StringComparison.Ordinal);
    }
}
