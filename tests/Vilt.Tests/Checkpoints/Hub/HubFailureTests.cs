using Vilt.Downloads;

namespace Vilt.Tests.Checkpoints.Hub;

/// <summary>Each way to fail has a message of its own, and what may pass is tried again.</summary>
public sealed class HubFailureTests : IDisposable
{
    private readonly TestHub hub = TestHub.Of(Vilt.Tests.Model.Golden.Checkpoint(Vilt.Tests.Model.Golden.ModelCases.First()));

    public void Dispose() => hub.Dispose();

    [Theory]
    [InlineData(401, "RepoNotFound", "no model", "HF_TOKEN")]
    [InlineData(401, "GatedRepo", "terms", "HF_TOKEN")]
    [InlineData(401, null, "no model", "HF_TOKEN")]
    [InlineData(403, "GatedRepo", "terms", "HF_TOKEN")]
    [InlineData(403, null, "403", "right to read")]
    [InlineData(404, "RepoNotFound", "no model", TestHub.Model)]
    [InlineData(404, "RevisionNotFound", "no revision", "main")]
    [InlineData(404, "EntryNotFound", "lacks a file", "config.json")]
    [InlineData(404, null, "no model", TestHub.Model)]
    [InlineData(418, null, "418", "config.json")]
    public void A_refusal_is_explained_and_not_tried_again(int status, string? code, params string[] expected)
    {
        hub.Fault = context => TestHub.Answer(context, status, code);
        var error = Assert.Throws<DownloadException>(() => hub.Open());
        Assert.All(expected, part => Assert.Contains(part, error.Message));
        Assert.Equal(status, (int)error.Status!);
        Assert.Single(hub.Server.Requests);
    }

    [Fact]
    public void A_token_that_is_not_accepted_is_named()
    {
        hub.Fault = context => TestHub.Answer(context, 401);
        Assert.Contains("does not accept the token", Assert.Throws<DownloadException>(() => hub.Open(hub.Settings with { Token = "secret" })).Message);
    }

    [Theory, InlineData(429), InlineData(500), InlineData(502), InlineData(503), InlineData(504)]
    public void What_may_pass_is_tried_again_with_growing_waits(int status)
    {
        var left = 3;
        hub.Fault = context => Interlocked.Decrement(ref left) >= 0 ? TestHub.Answer(context, status) : Task.FromResult(false);
        hub.Open();
        Assert.Equal(3, hub.Clock.Waits.Count);
        Assert.All(hub.Clock.Waits, wait => Assert.InRange(wait, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_server_that_asks_to_wait_is_waited_for()
    {
        var left = 1;
        hub.Fault = context =>
        {
            if (Interlocked.Decrement(ref left) < 0)
            {
                return Task.FromResult(false);
            }

            context.Response.Headers.RetryAfter = "7";
            return TestHub.Answer(context, 429);
        };
        hub.Open();
        Assert.Equal([TimeSpan.FromSeconds(7)], hub.Clock.Waits);
    }

    [Fact]
    public void A_server_that_asks_to_wait_for_hours_is_left_alone()
    {
        hub.Fault = context =>
        {
            context.Response.Headers.RetryAfter = "7200";
            return TestHub.Answer(context, 429);
        };
        Assert.Contains("02:00:00", Assert.Throws<DownloadException>(() => hub.Open()).Message);
        Assert.Empty(hub.Clock.Waits);
    }

    [Fact]
    public void A_server_that_stays_broken_is_given_up()
    {
        hub.Fault = context => TestHub.Answer(context, 503);
        Assert.Contains("503", Assert.Throws<DownloadException>(() => hub.Open()).Message);
        Assert.InRange(hub.Clock.Waits.Count, 3, 10);
    }

    [Fact]
    public void A_server_that_keeps_silent_is_given_up()
    {
        hub.Fault = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => true, TaskScheduler.Default);
        Assert.Contains("silent", Assert.Throws<DownloadException>(() => hub.Open(patience: TimeSpan.FromMilliseconds(50))).Message);
    }

    [Fact]
    public void No_server_and_no_cache_is_said()
    {
        var settings = hub.Settings;
        hub.Server.Dispose();
        Assert.Contains("no connection", Assert.Throws<DownloadException>(() => hub.Open(settings)).Message);
        Assert.Contains("online", Assert.Throws<DownloadException>(() => hub.Open(settings with { Endpoint = new Uri("http://no-such-host.invalid/") })).Message);
    }

    [Fact]
    public void Offline_is_said_with_the_cache_and_the_model()
    {
        var settings = hub.Settings with { IsOffline = true };
        var message = Assert.Throws<DownloadException>(() => hub.Open(settings)).Message;
        Assert.All([TestHub.Model, settings.Cache, "HF_HUB_OFFLINE"], part => Assert.Contains(part, message));
        hub.Open(); // its configuration is in the cache now, its weights are not
        message = Assert.Throws<DownloadException>(() => hub.Open(settings).QuestionAnswering()).Message;
        Assert.All([TestHub.Model, "model.safetensors", "HF_HUB_OFFLINE"], part => Assert.Contains(part, message));
        Assert.Throws<DownloadException>(() => hub.Open(settings).Processor());
    }

    [Fact]
    public void A_model_without_weights_is_said()
    {
        hub.Files.Remove(TestHub.Weights);
        var message = Assert.Throws<FileNotFoundException>(() => hub.Open().QuestionAnswering()).Message;
        Assert.All([TestHub.Model, "pytorch_model.bin"], part => Assert.Contains(part, message));
    }

    [Fact]
    public void A_full_disk_is_said()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("/dev/full is Linux's.");
        }

        Directory.CreateDirectory(hub.InCache("blobs"));
        File.CreateSymbolicLink(hub.Blob(TestHub.Weights) + ".incomplete", "/dev/full");
        Assert.Contains("disk is full", Assert.Throws<DownloadException>(() => hub.Open().QuestionAnswering()).Message);
        Assert.False(File.Exists(hub.Blob(TestHub.Weights)));
    }

    [Fact]
    public void Too_little_room_is_said_before_anything_is_fetched()
    {
        hub.Fault = context =>
        {
            if (!context.Request.Path.Value!.EndsWith(TestHub.Weights, StringComparison.Ordinal))
            {
                return Task.FromResult(false);
            }

            context.Response.Headers["X-Repo-Commit"] = hub.Commit;
            context.Response.Headers["X-Linked-Etag"] = new string('e', 64);
            context.Response.Headers["X-Linked-Size"] = $"{1L << 60}";
            context.Response.Headers.Location = new Uri(hub.Server.OtherUri, "content/x").ToString();
            return TestHub.Answer(context, 302);
        };
        Assert.Contains("Make room", Assert.Throws<DownloadException>(() => hub.Open().QuestionAnswering()).Message);
        Assert.DoesNotContain(hub.Server.Requests, request => request.Path == "/content/x");
    }
}
