namespace Vilt.Kernel.Tests.Magics;

public sealed class MagicCompletionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("completion").FullName;
    private readonly Session session;

    public MagicCompletionTests() => session = new(folder);

    public void Dispose()
    {
        session.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("#!|", "#!time")]
    [InlineData("var x = 1;\n#!wh|", "#!whos")]
    [InlineData("#!set |", "--name")]
    [InlineData("#!set --name x --value @in|", "@input")]
    [InlineData("#!set --name x --value |", "@password")]
    [InlineData("#!share x --from v|", "value")]
    [InlineData("#!import |", "zoo.csx")]
    [InlineData("#!import --file z|", "zoo.csx")]
    [InlineData("#!value --mime-type |", "application/json")]
    [InlineData("#i|", "#i")]
    [InlineData("var x = 1;\n#i |", "\"nuget: \"")]
    [InlineData("Kernel.|", null)]
    [InlineData("#!time\nEnumerable.Ran|", "Range")]
    [InlineData("#!html\n<b>\"\n#!csharp\nMicrosoft.DotNet.Interactive.Kernel.GetIn|", "GetInputAsync")]
    [InlineData("DisplayTa|", null)]
    [InlineData("new[] { 1 }.DisplayTa|", "DisplayTable")]
    [InlineData("Javas|", "Javascript")]
    public async Task Commands_and_code_beside_them_are_completed(string marked, string? expected)
    {
        File.WriteAllText(Path.Combine(folder, "zoo.csx"), "");
        File.WriteAllText(Path.Combine(folder, "zoo.txt"), "");
        var position = marked.IndexOf('|', StringComparison.Ordinal);
        var found = await session.Language.CompleteAsync(marked.Remove(position, 1), position, TestContext.Current.CancellationToken);
        if (expected is null)
        {
            Assert.DoesNotContain(found.Items, item => item.Text.StartsWith("#!", StringComparison.Ordinal));
        }
        else
        {
            Assert.Contains(expected, found.Items.Select(item => item.Text));
        }

        Assert.DoesNotContain("zoo.txt", found.Items.Select(item => item.Text));
    }

    [Fact]
    public async Task A_command_is_explained_and_is_no_unfinished_code()
    {
        var help = await session.Language.InspectAsync("#!time\n1", 3, 0, TestContext.Current.CancellationToken);
        Assert.Equal("#!time: Shows how long the cell took.", Session.Text(help!));
        Assert.Equal("complete", session.Language.IsComplete("#!html\n<b>{\n#!csharp\n1").Status);
    }
}
