using Vilt.Scenes.Files;

namespace Vilt.Scenes.Tests;

public sealed class DraftFolderTests : IDisposable
{
    private readonly ZooFolder folder = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_a_killed_process_left_is_cleared_away_and_other_folders_are_not()
    {
        string[] left = [".drawing", ".drawing-123", ".drawing-123.old"];
        string[] others = [".drawings", ".drawing-plan", "2.drawing-1"];
        foreach (var ending in left.Concat(others))
        {
            Directory.CreateDirectory(Path.Combine(folder.Zoo + ending, "val2014"));
        }

        File.WriteAllText(folder.Zoo + ".drawing.lock", "");
        Zoo.Draw(folder.Zoo, 1, seed: 1, cancellationToken: cancellation);
        Assert.Equal(
            others.Select(ending => "zoo" + ending).Append("zoo").Order(StringComparer.Ordinal),
            Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_earlier_Zoo_is_put_back_where_a_process_was_killed_between_two_moves()
    {
        Zoo.Draw(folder.Zoo, 2, seed: 1, cancellationToken: cancellation);
        var before = ZooFolder.Contents(folder.Zoo);
        Directory.Move(folder.Zoo, folder.Zoo + ".drawing.old");
        Directory.CreateDirectory(folder.Zoo + ".drawing");
        Zoo.Ensure(folder.Zoo, 2, seed: 1, new Refusing(), cancellation);
        Assert.Equal(before, ZooFolder.Contents(folder.Zoo));
        Assert.Equal("zoo", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(folder.Path))));
    }

    [Fact]
    public async Task A_second_process_waits_and_draws_nothing_that_the_first_has_drawn()
    {
        Task ensuring;
        using (var first = new DraftFolder(folder.Zoo, CancellationToken.None))
        {
            ensuring = Task.Run(() => Zoo.Ensure(folder.Zoo, 1, seed: 1, new Refusing(), cancellation), cancellation);
            using var tired = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            Assert.ThrowsAny<OperationCanceledException>(() => new DraftFolder(folder.Zoo, tired.Token));
            using var other = new ZooFolder();
            Zoo.Draw(other.Zoo, 1, seed: 1, cancellationToken: cancellation);
            Directory.Delete(first.Location);
            Directory.Move(other.Zoo, first.Location);
            first.Publish();
        }

        await ensuring;
    }

    private sealed class Refusing : IProgress<int>
    {
        public void Report(int value) => Assert.Fail("It was drawn anew.");
    }
}
