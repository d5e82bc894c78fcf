using Vilt.Checkpoints;
using Vilt.Downloads;

namespace Vilt.Tests.Checkpoints.Hub;

/// <summary>What a hub says leads to no other place, and neither does a name.</summary>
public sealed class HubTrustTests : IDisposable
{
    private readonly TestHub hub = TestHub.Of(Vilt.Tests.Model.Golden.Checkpoint(Vilt.Tests.Model.Golden.ModelCases.First()));

    public void Dispose() => hub.Dispose();

    [Fact]
    public void The_token_goes_to_the_hub_and_to_no_other_host()
    {
        using var secret = new TestHub() { Token = "secret" };
        foreach (var (name, content) in hub.Files)
        {
            secret.Files[name] = content;
        }

        secret.Open(secret.Settings with { Token = "secret" }).QuestionAnswering().Model.Dispose();
        Assert.Contains(secret.Server.Requests, request => request.Authorization == "Bearer secret");
        Assert.Contains(secret.Server.Requests, request => request.Port == secret.Server.OtherUri.Port);
        Assert.All(secret.Server.Requests, request => Assert.Equal(request.Port == secret.Server.Uri.Port ? "Bearer secret" : "", request.Authorization));
    }

    [Fact]
    public void A_renamed_model_is_found_and_a_ring_of_redirects_is_not_followed_forever()
    {
        hub.Fault = context =>
        {
            if (!context.Request.Path.Value!.StartsWith("/someone/old-name", StringComparison.Ordinal))
            {
                return Task.FromResult(false);
            }

            context.Response.Headers.Location = context.Request.Path.Value.Replace("someone/old-name", TestHub.Model, StringComparison.Ordinal);
            return TestHub.Answer(context, 307);
        };
        ViltCheckpoint.From("someone/old-name", null, null, () => hub.Settings, hub.Web());
        hub.Fault = context =>
        {
            context.Response.Headers.Location = "/around";
            return TestHub.Answer(context, 307);
        };
        Assert.Contains("redirects", Assert.Throws<DownloadException>(() => ViltCheckpoint.From("someone/else", null, null, () => hub.Settings, hub.Web())).Message);
    }

    [Theory]
    [InlineData("X-Repo-Commit", "../../../etc")]
    [InlineData("X-Repo-Commit", "")]
    [InlineData("ETag", "\"../../../evil\"")]
    [InlineData("ETag", "")]
    public void Headers_that_would_lead_out_of_the_cache_are_refused(string header, string value)
    {
        hub.Fault = context =>
        {
            context.Response.Headers["X-Repo-Commit"] = hub.Commit;
            context.Response.Headers.ETag = $"\"{new string('c', 40)}\"";
            context.Response.ContentLength = 2;
            context.Response.Headers[header] = value;
            return Task.FromResult(true);
        };
        Assert.Contains("not a Hugging Face hub", Assert.Throws<DownloadException>(() => hub.Open()).Message);
        Assert.False(Directory.Exists(hub.InCache("snapshots")));
    }

    [Theory, InlineData("nowhere"), InlineData("a/b/c"), InlineData("../models"), InlineData("/etc/none"), InlineData("some one/model")]
    public void What_is_no_folder_and_no_name_asks_nobody(string name)
    {
        Assert.Contains(name, Assert.Throws<DirectoryNotFoundException>(() => ViltCheckpoint.From(name, null, null, () => hub.Settings, hub.Web())).Message);
        Assert.Empty(hub.Server.Requests);
    }

    [Theory, InlineData("../x"), InlineData("a b"), InlineData("/x"), InlineData("")]
    public void An_impossible_revision_is_refused(string revision)
    {
        Assert.Throws<ArgumentException>(() => hub.Open(revision: revision));
        Assert.Empty(hub.Server.Requests);
    }
}
