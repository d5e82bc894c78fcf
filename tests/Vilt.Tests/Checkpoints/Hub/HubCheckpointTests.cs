using Vilt.Checkpoints;
using Vilt.Downloads;
using Vilt.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Checkpoints.Hub;

/// <summary>A checkpoint on the hub is a checkpoint as any other, and its files lie in the cache as Python puts them there.</summary>
public sealed class HubCheckpointTests : IDisposable
{
    private static readonly string Golden = Vilt.Tests.Model.Golden.Checkpoint(Vilt.Tests.Model.Golden.ModelCases.First());

    private readonly TestHub hub = TestHub.Of(Golden);

    public void Dispose() => hub.Dispose();

    [Fact]
    public void Loads_as_from_a_folder()
    {
        using var scope = NewDisposeScope();
        ViltCheckpoint there = hub.Open(), here = ViltCheckpoint.From(Golden);
        using ViltForQuestionAnswering fromHub = there.QuestionAnswering().Model, fromFolder = here.QuestionAnswering().Model;
        Assert.All(fromFolder.state_dict(), pair => Assert.True(pair.Value.Equals(fromHub.state_dict()[pair.Key]), pair.Key));
        Assert.Equal(here.Config.Answers, there.Config.Answers);
        Assert.Equal(here.Processor().Tokenizer.VocabularySize, there.Processor().Tokenizer.VocabularySize);
    }

    [Fact]
    public void Fetches_a_file_only_when_it_is_needed()
    {
        var checkpoint = hub.Open();
        Assert.Equal(["config.json"], Directory.GetFiles(checkpoint.Folder).Select(Path.GetFileName));
        checkpoint.Processor();
        Assert.DoesNotContain(Directory.GetFiles(checkpoint.Folder), TestHub.IsLarge);
    }

    [Fact]
    public void The_cache_has_the_layout_of_Pythons_huggingface_hub()
    {
        hub.Open().QuestionAnswering().Model.Dispose();
        Assert.Equal(hub.Commit, File.ReadAllText(hub.InCache("refs", "main")));
        foreach (var file in new[] { "config.json", TestHub.Weights })
        {
            Assert.Equal(hub.Files[file], File.ReadAllBytes(hub.Blob(file)));
            var link = new FileInfo(hub.InCache("snapshots", hub.Commit, file));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(Path.Combine("..", "..", "blobs", Path.GetFileName(hub.Blob(file))), link.LinkTarget);
            }

            Assert.True(File.Exists(Path.Combine(hub.Settings.Cache, ".locks", "models--someone--tiny-vilt", Path.GetFileName(hub.Blob(file)) + ".lock")));
        }

        Assert.DoesNotContain(Directory.GetFiles(hub.InCache("blobs")), file => file.EndsWith(".incomplete", StringComparison.Ordinal));
    }

    [Fact]
    public void Uses_what_Python_has_downloaded()
    {
        // As huggingface_hub leaves it: the folder of a commit holds links, and a file that was found missing has a mark.
        Directory.CreateDirectory(hub.InCache("refs"));
        File.WriteAllText(hub.InCache("refs", "main"), hub.Commit);
        Directory.CreateDirectory(hub.InCache("blobs"));
        Directory.CreateDirectory(hub.InCache("snapshots", hub.Commit));
        foreach (var (file, content) in hub.Files)
        {
            File.WriteAllBytes(hub.Blob(file), content);
            File.CreateSymbolicLink(hub.InCache("snapshots", hub.Commit, file), Path.Combine("..", "..", "blobs", Path.GetFileName(hub.Blob(file))));
        }

        var checkpoint = hub.Open(hub.Settings with { IsOffline = true });
        checkpoint.QuestionAnswering().Model.Dispose();
        checkpoint.Processor();
        Assert.Empty(hub.Server.Requests);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Runs_from_the_cache_when_the_hub_is_out_of_reach(bool isOffline)
    {
        var checkpoint = hub.Open();
        checkpoint.QuestionAnswering().Model.Dispose();
        checkpoint.Processor();
        var settings = hub.Settings with { IsOffline = isOffline };
        hub.Server.Dispose();
        var again = hub.Open(settings);
        again.QuestionAnswering().Model.Dispose();
        again.Processor();
        Assert.Empty(hub.Clock.Waits); // nobody waits for a hub that is not needed
    }

    [Fact]
    public void A_new_commit_of_the_branch_is_used_and_what_did_not_change_is_not_fetched_again()
    {
        hub.Open().QuestionAnswering().Model.Dispose();
        hub.Commit = new('b', 40);
        var before = hub.Server.Requests.Count(request => request.Path.StartsWith("/content", StringComparison.Ordinal));
        var checkpoint = hub.Open();
        checkpoint.QuestionAnswering().Model.Dispose();
        Assert.Equal(hub.InCache("snapshots", hub.Commit), checkpoint.Folder);
        Assert.Equal(before, hub.Server.Requests.Count(request => request.Path.StartsWith("/content", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_commit_in_the_cache_is_not_asked_for()
    {
        hub.Open();
        var before = hub.Server.Requests.Count;
        hub.Open(revision: hub.Commit);
        Assert.Equal(before, hub.Server.Requests.Count);
    }

    [Fact]
    public void Shards_are_fetched_and_read_together()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var whole = Safetensors.Open(Path.Combine(Golden, TestHub.Weights));
        Dictionary<string, Tensor>[] halves = [.. whole.Names.Index().GroupBy(item => item.Index % 2)
            .Select(half => half.ToDictionary(item => item.Item, item => whole.Read(item.Item)))];
        hub.Files.Remove(TestHub.Weights);
        foreach (var (i, half) in halves.Index())
        {
            Safetensors.Write(folder[$"{i}"], half);
            hub.Files[$"model-0000{i}.safetensors"] = File.ReadAllBytes(folder[$"{i}"]);
        }

        hub.Files["model.safetensors.index.json"] = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new
        {
            weight_map = halves.Index().SelectMany(half => half.Item.Keys.Select(name => (name, half.Index))).ToDictionary(p => p.name, p => $"model-0000{p.Index}.safetensors"),
        });
        var (model, report) = hub.Open().QuestionAnswering();
        using (model)
        {
            Assert.All(model.state_dict(), pair => Assert.True(pair.Value.Equals(whole.Read(pair.Key)), pair.Key));
        }

        Assert.True(report.IsComplete, report.ToString());
        Assert.True(File.Exists(hub.InCache(".no_exist", hub.Commit, TestHub.Weights)));
    }

    [Fact]
    public void A_cache_in_which_nothing_can_be_noted_serves_all_the_same()
    {
        hub.Files.Remove("special_tokens_map.json");
        Directory.CreateDirectory(hub.InCache());
        File.WriteAllText(hub.InCache(".no_exist"), "in the way of the folder");
        Assert.NotNull(hub.Open().Processor());
    }

    [Fact]
    public void Contents_are_copied_where_links_cannot_be_made()
    {
        var checkpoint = hub.Open(hub.Settings with { Link = (_, _) => throw new UnauthorizedAccessException() });
        checkpoint.QuestionAnswering().Model.Dispose();
        Assert.All(Directory.GetFiles(checkpoint.Folder), file => Assert.Null(new FileInfo(file).LinkTarget));
        Assert.Equal(hub.Files[TestHub.Weights], File.ReadAllBytes(Path.Combine(checkpoint.Folder, TestHub.Weights)));
    }

    [Fact]
    public void Tells_how_far_it_is()
    {
        List<DownloadProgress> heard = [];
        ViltCheckpoint.From(TestHub.Model, null, new Listener<DownloadProgress>(heard.Add), () => hub.Settings, hub.Web()).QuestionAnswering().Model.Dispose();
        Assert.Contains(new DownloadProgress($"{TestHub.Model}/{TestHub.Weights}", hub.Files[TestHub.Weights].Length, hub.Files[TestHub.Weights].Length), heard);
    }
}
