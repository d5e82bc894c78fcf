using Vilt.Data;
using Vilt.Downloads;

namespace Vilt.Tests.Data;

public sealed class Vqav2Tests : IDisposable
{
    private const string QuestionsZip = "/vqa/v2_Questions_Val_mscoco.zip", PicturesZip = "/coco/zips/val2014.zip";

    private readonly TestSite site = new();
    private readonly TemporaryFolder folder = new();

    private string Pictures => Path.Combine(folder.Path, "val2014");

    public void Dispose()
    {
        site.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Gets_questions_and_annotations_and_no_picture_before_one_is_asked_for()
    {
        await site.GetAsync(folder.Path, Vqav2Images.Needed);
        var split = Assert.Single(VqaFolder.Splits(folder.Path));
        Assert.Equal(File.ReadAllBytes(Goldens.PathOf("data", Path.GetFileName(split.QuestionsFile))), File.ReadAllBytes(split.QuestionsFile));
        Assert.Equal(File.ReadAllBytes(Goldens.PathOf("data", Path.GetFileName(split.AnnotationsFile))), File.ReadAllBytes(split.AnnotationsFile));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.zip*"));
        Assert.True(ImageIndex.FromFolder(Pictures).FetchesPictures);

        var images = site.Index(Pictures);
        var paired = VqaExamples.Pair(
            VqaQuestionFile.Read(split.QuestionsFile).Questions, VqaAnnotationFile.Read(split.AnnotationsFile).Annotations, images);
        Assert.Empty(paired.QuestionsWithoutImage);
        _ = paired.Examples[0].ToString();
        Assert.DoesNotContain(site.Server.Requests, request => request.Path.StartsWith("/coco", StringComparison.Ordinal));

        for (var time = 0; time < 2; time++)
        {
            Assert.Equal((byte)paired.Examples[0].Question.ImageId, RgbImage.Read(paired.Examples[0].FetchImage()).Pixels[0]);
            Assert.Equal(1, site.Index(Pictures).Count);
            Assert.Single(site.Server.Requests, request => request.Path.StartsWith("/coco", StringComparison.Ordinal));
        }

        Assert.Equal(paired.Examples[0].Question.ImageId, images.IdOf(paired.Examples[0].FetchImage()));
    }

    [Fact]
    public async Task An_unknown_choice_of_pictures_asks_nobody()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => site.GetAsync(folder.Path, (Vqav2Images)9));
        Assert.Empty(site.Server.Requests);
    }

    [Fact]
    public async Task Without_pictures_nothing_is_fetched_later_either()
    {
        await site.GetAsync(folder.Path, Vqav2Images.None);
        Assert.False(Directory.Exists(Pictures));
        Directory.CreateDirectory(Pictures);
        Assert.False(ImageIndex.FromFolder(Pictures).FetchesPictures);
    }

    [Fact]
    public async Task All_pictures_come_from_one_file_and_none_leaves_the_folder()
    {
        using var outer = new TemporaryFolder();
        var inner = Path.Combine(outer.Path, "a", "data");
        await site.GetAsync(inner, Vqav2Images.All);
        Assert.Equal(site.ImageIds.Append(1).Order().Select(TestSite.FileOf),
            Directory.GetFiles(Path.Combine(inner, "val2014"), "*.jpg").Select(Path.GetFileName).Order());
        Assert.Equal([Path.Combine(outer.Path, "a")], Directory.GetFileSystemEntries(outer.Path));
        Assert.Equal([inner], Directory.GetFileSystemEntries(Path.Combine(outer.Path, "a")));
        Assert.Empty(Directory.GetFiles(inner, "*.zip*"));
    }

    [Fact]
    public async Task What_is_there_is_used_as_it_lies_there()
    {
        await site.GetAsync(folder.Path, Vqav2Images.All);
        var before = site.Server.Requests.Count;
        await site.GetAsync(folder.Path, Vqav2Images.All);
        Assert.Equal(before, site.Server.Requests.Count);
    }

    [Fact]
    public async Task A_download_that_is_cut_off_goes_on_where_it_stopped()
    {
        var size = site.Files[PicturesZip].Length;
        site.Cut = context => context.Request.Path == PicturesZip && context.Request.Headers.Range.Count == 0 ? size / 2 : null;
        await site.GetAsync(folder.Path, Vqav2Images.All);
        Assert.Single(site.Server.Requests, request => request.Range == $"bytes={size / 2}-");
        Assert.Equal(site.ImageIds.Count + 1, ImageIndex.FromFolder(Pictures).Count);
    }

    [Fact]
    public async Task A_damaged_zip_is_said_and_fetched_anew_the_next_time()
    {
        byte[] good = site.Files[QuestionsZip], bad = [.. good];
        bad[good.Length / 3] ^= 1;
        foreach (var damaged in new[] { bad, new byte[good.Length], TestSite.Zip(("readme.txt", [])) })
        {
            site.Files[QuestionsZip] = damaged;
            var error = await Assert.ThrowsAsync<InvalidDataException>(() => site.GetAsync(folder.Path, Vqav2Images.None));
            Assert.Contains("v2_Questions_Val_mscoco.zip", error.Message);
            Assert.Empty(Directory.GetFiles(folder.Path));
        }

        site.Files[QuestionsZip] = good;
        await site.GetAsync(folder.Path, Vqav2Images.None);
        Assert.Single(VqaFolder.Splits(folder.Path));
    }

    [Fact]
    public async Task Several_at_once_fetch_each_file_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => site.GetAsync(folder.Path, Vqav2Images.All))));
        Assert.All(site.Server.Requests.Where(request => request.Method == "GET").CountBy(request => request.Path), path => Assert.Equal(1, path.Value));
    }

    [Fact]
    public async Task A_site_without_the_file_is_said()
    {
        site.Files.Remove(QuestionsZip);
        var message = (await Assert.ThrowsAsync<DownloadException>(() => site.GetAsync(folder.Path, Vqav2Images.None))).Message;
        Assert.Contains("404", message);
        Assert.Contains(QuestionsZip, message);
    }

    [Fact]
    public async Task A_split_without_answers_is_refused_with_those_that_have_them()
    {
        Assert.Contains("\"test\" with answers; expected val or train", (await Assert.ThrowsAsync<ArgumentException>(() => Vqav2.GetAsync(folder.Path, "test", cancellationToken: TestContext.Current.CancellationToken))).Message);
    }
}
