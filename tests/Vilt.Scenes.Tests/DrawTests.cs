using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Tests;

public class DrawTests
{
    [Fact]
    public void The_same_seed_draws_the_same_bytes_and_another_seed_others()
    {
        using var one = new ZooFolder();
        using var two = new ZooFolder();
        using var other = new ZooFolder();
        Draw(one.Zoo, 70, seed: 3);
        Draw(two.Zoo, 70, seed: 3);
        Draw(other.Zoo, 70, seed: 4);
        var first = ZooFolder.Contents(one.Zoo);
        Assert.Equal(first, ZooFolder.Contents(two.Zoo));
        Assert.All(ZooFolder.Contents(other.Zoo), file => Assert.NotEqual(first[file.Key], file.Value));
    }

    [Fact]
    public void More_pictures_only_add_to_fewer()
    {
        using var few = new ZooFolder();
        using var more = new ZooFolder();
        Draw(few.Zoo, 5, seed: 3);
        Draw(more.Zoo, 9, seed: 3);
        var all = ZooFolder.Contents(more.Zoo);
        Assert.All(ZooFolder.Contents(few.Zoo).Where(file => file.Key.EndsWith(".png")),
            file => Assert.Equal(all[file.Key], file.Value));
        Assert.Equal(ZooMasks.Read(few.Zoo).Questions.Select(q => q.QuestionId),
            ZooMasks.Read(more.Zoo).Questions.Where(q => q.ImageId <= 5).Select(q => q.QuestionId));
    }

    [Fact]
    public void Random_numbers_are_those_of_SplitMix64()
    {
        // Made with an implementation in another language: state = mix(mix(seed + golden) + stream).
        var random = new SeededRandom(seed: 42, stream: 7);
        Assert.Equal(SplitMixOf42And7, Enumerable.Range(0, 4).Select(_ => random.Next(1_000_000)));
    }

    [Fact]
    public void Ensure_draws_only_what_is_not_there()
    {
        using var folder = new ZooFolder();
        var reports = new Reports();
        Ensure(folder.Zoo, 3, seed: 1, reports);
        Ensure(folder.Zoo, 3, seed: 1, reports);
        Assert.Equal([3], reports.Numbers);
        Ensure(folder.Zoo, 2, seed: 1, reports);
        Ensure(folder.Zoo, 2, seed: 2, reports);
        Assert.Equal([3, 2, 2], reports.Numbers);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(folder.Zoo, "val2014")).Length);
    }

    [Fact]
    public void Ensure_draws_anew_what_is_not_whole()
    {
        using var folder = new ZooFolder();
        Draw(folder.Zoo, 2, seed: 1);
        File.WriteAllText(Path.Combine(folder.Zoo, "zoo.json"), "{\"version\": 0, \"pictures\": 2, \"seed\": 1}");
        var reports = new Reports();
        Ensure(folder.Zoo, 2, seed: 1, reports);
        Assert.Equal([2], reports.Numbers);
    }

    [Fact]
    public void A_stopped_run_leaves_nothing()
    {
        using var folder = new ZooFolder();
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Zoo.Draw(folder.Zoo, 1000, seed: 1, new Reports(source.Cancel), source.Token));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_stopped_run_leaves_an_earlier_data_set_as_it_was()
    {
        using var folder = new ZooFolder();
        Draw(folder.Zoo, 2, seed: 1);
        var before = ZooFolder.Contents(folder.Path);
        Assert.ThrowsAny<OperationCanceledException>(
            () => Zoo.Draw(folder.Zoo, 9, seed: 1, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(before, ZooFolder.Contents(folder.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Fewer_than_one_picture_is_an_error(int pictures)
    {
        using var folder = new ZooFolder();
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Draw(folder.Zoo, pictures, seed: 1));
        Assert.Contains("at least 1 picture", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_named_and_kept()
    {
        using var folder = new ZooFolder();
        File.WriteAllText(folder.Zoo, "mine");
        Assert.Contains(folder.Zoo, Assert.Throws<IOException>(() => Draw(folder.Zoo, 1, seed: 1)).Message);
        Assert.Equal("mine", File.ReadAllText(folder.Zoo));
    }

    [Theory]
    [InlineData("homework.txt")]
    [InlineData("zoo.json")]
    public void A_folder_with_other_files_is_not_touched(string name)
    {
        using var folder = new ZooFolder();
        File.WriteAllText(Path.Combine(folder.Path, name), "mine");
        Assert.Contains(folder.Path, Assert.Throws<IOException>(() => Draw(folder.Path, 1, seed: 1)).Message);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder.Path, name)));
    }

    [Fact]
    public void A_file_of_the_users_in_an_earlier_data_set_is_not_lost()
    {
        using var folder = new ZooFolder();
        Draw(folder.Zoo, 1, seed: 1);
        File.WriteAllText(Path.Combine(folder.Zoo, "homework.txt"), "mine");
        var before = ZooFolder.Contents(folder.Zoo);
        Assert.Contains("homework.txt", Assert.Throws<IOException>(() => Draw(folder.Zoo, 2, seed: 1)).Message);
        Assert.Equal(before, ZooFolder.Contents(folder.Zoo));
    }

    [Fact]
    public void Examples_are_drawn_and_large()
    {
        using var folder = new ZooFolder();
        Zoo.DrawExamples(folder.Zoo);
        string[] names = [.. Directory.GetFiles(folder.Zoo).Select(path => Path.GetFileName(path)).Order()];
        Assert.Equal(["elephant.png", "siamese.png", "zebra.png"], names);
        foreach (var name in names)
        {
            using var picture = SkiaSharp.SKBitmap.Decode(Path.Combine(folder.Zoo, name));
            Assert.Equal((480, 384), (picture.Width, picture.Height));
        }
    }

    private static void Draw(string folder, int pictures, int seed) =>
        Zoo.Draw(folder, pictures, seed, cancellationToken: TestContext.Current.CancellationToken);

    private static void Ensure(string folder, int pictures, int seed, IProgress<int> progress) =>
        Zoo.Ensure(folder, pictures, seed, progress, TestContext.Current.CancellationToken);

    private sealed class Reports(Action? then = null) : IProgress<int>
    {
        public List<int> Numbers { get; } = [];

        public void Report(int value)
        {
            Numbers.Add(value);
            then?.Invoke();
        }
    }

    private static readonly int[] SplitMixOf42And7 = [908442, 731415, 30343, 813363];
}
