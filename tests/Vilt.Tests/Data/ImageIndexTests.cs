using Vilt.Data;

namespace Vilt.Tests.Data;

public class ImageIndexTests
{
    [Fact]
    public void Reads_ids_from_file_names_as_the_tutorial_does()
    {
        foreach (var (name, id) in Goldens.Json("data", "cases.json")["id_from_filename"]!.AsObject())
        {
            Assert.Equal((name, (long?)id), (name, ImageIndex.IdFromFileName(name)));
        }
    }

    [Theory]
    [InlineData("COCO_val2014_000000000009.jpg\n")]
    [InlineData("a\nb000000000009.jpg")]
    [InlineData("000000000009xjpg")]
    public void Takes_only_a_whole_name(string name) => Assert.Null(ImageIndex.IdFromFileName(name));

    [Fact]
    public void Finds_pictures_both_ways_and_passes_over_other_files()
    {
        using var folder = new TemporaryFolder();
        var first = folder.Write("COCO_val2014_000000000009.jpg", "");
        var second = folder.Write("COCO_val2014_000000501080.png", "");
        folder.Write("notes.txt", "");
        var index = ImageIndex.FromFolder(folder.Path);
        Assert.Equal(2, index.Count);
        Assert.Equal(first, index.PathOf(9));
        Assert.Equal(501080, index.IdOf(second));
        Assert.False(index.TryPathOf(10, out _));
        Assert.Contains("image id 10", Assert.Throws<KeyNotFoundException>(() => index.PathOf(10)).Message);
        Assert.Contains("notes.txt", Assert.Throws<KeyNotFoundException>(() => index.IdOf("notes.txt")).Message);
    }

    [Fact]
    public void Refuses_two_files_of_one_picture_and_a_missing_folder()
    {
        using var folder = new TemporaryFolder();
        folder.Write("COCO_val2014_000000000009.jpg", "");
        folder.Write("000000000009.png", "");
        Assert.Contains("image id 9", Assert.Throws<InvalidDataException>(() => ImageIndex.FromFolder(folder.Path)).Message);
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(() => ImageIndex.FromFolder("nowhere")).Message);
    }
}
