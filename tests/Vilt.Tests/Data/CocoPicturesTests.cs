using Vilt.Data;
using Vilt.Downloads;
using Vilt.Processing;

namespace Vilt.Tests.Data;

public sealed class CocoPicturesTests : IDisposable
{
    private readonly TestSite site = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        site.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Many_pictures_are_fetched_some_at_a_time_and_those_that_cannot_be_had_are_named()
    {
        site.Files.Remove(TestSite.PathOf(site.ImageIds[3]));
        site.Files[TestSite.PathOf(site.ImageIds[4])] = [.. "<html>Log in to the network</html>"u8];
        var images = site.Index(folder.Path);
        var failures = await images.FetchAsync(site.ImageIds, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(new[] { site.ImageIds[3], site.ImageIds[4] }.Order(), failures.Select(failure => failure.ImageId));
        Assert.All(failures, failure => Assert.Contains($"{failure.ImageId:D12}", failure.Reason));
        Assert.Equal(site.ImageIds.Count - 2, Directory.GetFiles(folder.Path).Length);
        Assert.InRange(site.MostAtOnce, 2, 8);
        var before = site.Server.Requests.Count;
        await images.FetchAsync(site.ImageIds.Take(3), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(before, site.Server.Requests.Count);
    }

    [Fact]
    public async Task Several_who_ask_at_once_share_one_fetch_that_none_of_them_ends()
    {
        var images = site.Index(folder.Path);
        using var gone = new CancellationTokenSource();
        Task first = images.FetchAsync(site.ImageIds, cancellationToken: gone.Token);
        var second = images.FetchAsync(site.ImageIds, cancellationToken: TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Empty(await second);
        Assert.Equal(site.ImageIds.Count, site.Server.Requests.Count);
    }

    [Fact]
    public void What_another_process_has_fetched_meanwhile_is_not_fetched_again()
    {
        ImageIndex one = site.Index(folder.Path), other = site.Index(folder.Path);
        Assert.Equal(one.PathOf(site.ImageIds[0]), other.PathOf(site.ImageIds[0]));
        Assert.Single(site.Server.Requests);
    }

    [Fact]
    public void A_picture_that_is_cut_short_is_fetched_again_and_never_lies_in_the_folder_by_half()
    {
        var cuts = 0;
        site.Cut = context => ++cuts <= 3 ? 60 : null;
        Assert.Equal(TestSite.Picture(site.ImageIds[0]), File.ReadAllBytes(site.Index(folder.Path).PathOf(site.ImageIds[0])));
        site.Cut = context => 60;
        Assert.Throws<DownloadException>(() => site.Index(folder.Path).PathOf(site.ImageIds[1]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_mark_that_names_no_split_is_an_error()
    {
        folder.Write(".fetch-from-coco", "http://example.org");
        Assert.Contains("val2014", Assert.Throws<InvalidDataException>(() => ImageIndex.FromFolder(folder.Path)).Message);
    }

    [Fact]
    public async Task A_folder_that_is_not_marked_fetches_nothing()
    {
        var images = ImageIndex.FromFolder(folder.Path);
        Assert.Equal(7, Assert.Single(await images.FetchAsync([7], cancellationToken: TestContext.Current.CancellationToken)).ImageId);
        Assert.False(images.TryPathOf(7, out _));
    }

    [Fact]
    public void A_data_set_names_the_question_whose_picture_cannot_be_had_and_a_loader_can_go_on_without_it()
    {
        site.Files.Remove(TestSite.PathOf(site.ImageIds[1]));
        var images = site.Index(folder.Path);
        VqaQuestion[] questions = [.. site.ImageIds.Take(4).Select(id => new VqaQuestion(id * 1000, id, "is it a?"))];
        var dataset = new VqaDataset(VqaExamples.Pair(questions, null, images).Examples, Tests.Processing.VqaFolder.Processor, Tests.Processing.VqaFolder.Vocabulary);
        var message = Assert.Throws<InvalidDataException>(() => dataset[1]).Message;
        Assert.Contains($"{site.ImageIds[1] * 1000}", message);
        Assert.Contains("no picture", message);

        List<string> skipped = [];
        List<long> sizes = [];
        foreach (var batch in new VqaDataLoader(dataset, 2, shuffle: false, seed: 0, error => skipped.Add(error.Message)).Epoch(0, 0, TestContext.Current.CancellationToken))
        {
            sizes.Add(batch.InputIds.shape[0]);
            batch.Dispose();
        }

        Assert.Equal([2L, 2L], sizes);
        Assert.Equal([message], skipped);
    }

    [Fact]
    public void A_loader_does_not_go_on_where_nothing_can_be_had()
    {
        foreach (var id in site.ImageIds)
        {
            site.Files.Remove(TestSite.PathOf(id));
        }

        VqaQuestion[] questions = [.. site.ImageIds.Take(4).Select(id => new VqaQuestion(id * 1000, id, "is it a?"))];
        var dataset = new VqaDataset(
            VqaExamples.Pair(questions, null, site.Index(folder.Path)).Examples, Tests.Processing.VqaFolder.Processor, Tests.Processing.VqaFolder.Vocabulary);
        var skipped = 0;
        var loader = new VqaDataLoader(dataset, 2, shuffle: false, seed: 0, _ => skipped++);
        Assert.Throws<InvalidDataException>(() => loader.Epoch(0, 0, TestContext.Current.CancellationToken).First());
        Assert.Equal(3, skipped);
    }
}
