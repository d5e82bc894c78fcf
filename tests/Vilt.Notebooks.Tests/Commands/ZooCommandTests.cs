namespace Vilt.Notebooks.Tests.Commands;

public sealed class ZooCommandTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Draws_a_data_set()
    {
        var (exitCode, output, error) = await ViltProgram.RunAsync("zoo", "--out", folder["zoo"], "--pictures", "2", "--seed", "3");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("2/2 pictures", output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["zoo/v2_mscoco_val2014_annotations.json"]));
    }

    [Fact]
    public async Task A_folder_with_other_files_is_left_alone()
    {
        folder.Write("mine/thesis.txt", "x");
        var (exitCode, _, error) = await ViltProgram.RunAsync("zoo", "--out", folder["mine"], "--pictures", "2");
        Assert.Equal(1, exitCode);
        Assert.Contains(folder["mine"], error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(folder["mine"]));
    }
}
