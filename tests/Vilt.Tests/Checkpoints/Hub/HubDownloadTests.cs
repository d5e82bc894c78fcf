using Microsoft.AspNetCore.Http;
using Vilt.Checkpoints.Hub;
using Vilt.Downloads;
using Vilt.Tests.Downloads;

namespace Vilt.Tests.Checkpoints.Hub;

/// <summary>Whatever a connection does, nothing corrupt enters the cache, and the good end is reached where there is one.</summary>
public sealed class HubDownloadTests : IDisposable
{
    private const string File = "notes.bin"; // large, so from another host
    private const int Size = 3001;

    private static readonly byte[] Content = Bytes(seed: 1);

    private readonly TestHub hub = new();

    public HubDownloadTests() => hub.Files[File] = Content;

    public void Dispose() => hub.Dispose();

    public static TheoryData<int> Places => [0, 1, 2, 17, 1023, 1024, 2048, Size - 2, Size - 1];

    [Theory, MemberData(nameof(Places))]
    public async Task A_connection_cut_once_goes_on_where_it_stopped(int place)
    {
        var left = 1;
        hub.Fault = context => Cut(context, _ => Interlocked.Decrement(ref left) >= 0 ? place : Size);
        Assert.Equal(Content, await hub.FetchAsync(File));
        AssertOnlyBlob();
    }

    [Fact]
    public async Task A_connection_that_is_cut_again_and_again_ends_well_as_long_as_it_comes_forward()
    {
        hub.Fault = context => Cut(context, from => Math.Min(from + 100, Size));
        Assert.Equal(Content, await hub.FetchAsync(File));
        Assert.True(hub.Server.Requests.Count(request => request.Range != "") >= Size / 100);
    }

    [Fact]
    public async Task A_connection_that_never_comes_forward_is_given_up_and_the_next_process_goes_on()
    {
        hub.Fault = context => Cut(context, _ => 1000);
        var error = await Assert.ThrowsAsync<DownloadException>(() => hub.FetchAsync(File));
        Assert.Contains("what is there already is kept", error.Message);
        Assert.False(System.IO.File.Exists(hub.Blob(File)));
        Assert.Equal(1000, new FileInfo(hub.Blob(File) + ".incomplete").Length);
        hub.Fault = _ => Task.FromResult(false);
        Assert.Equal(Content, await hub.FetchAsync(File));
        Assert.Equal("bytes=1000-", hub.Server.Requests.Last().Range);
    }

    [Theory, InlineData(200), InlineData(416)]
    public async Task A_server_that_refuses_ranges_gives_all_of_it_again(int status)
    {
        Leave(Content.AsSpan(0, 700));
        hub.Fault = async context =>
        {
            if (!TestHub.IsContent(context) || context.Request.Headers.Range.Count == 0)
            {
                return false;
            }

            if (status == 416)
            {
                context.Response.StatusCode = 416;
            }
            else
            {
                await context.Response.Body.WriteAsync(Content);
            }

            return true;
        };
        Assert.Equal(Content, await hub.FetchAsync(File));
        AssertOnlyBlob();
    }

    [Fact]
    public async Task Other_bytes_than_those_asked_for_are_not_taken()
    {
        Leave(Content.AsSpan(0, 700));
        var left = 2;
        hub.Fault = async context =>
        {
            if (!TestHub.IsContent(context) || Interlocked.Decrement(ref left) < 0)
            {
                return false;
            }

            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes 0-{Size - 1}/{Size}";
            await context.Response.Body.WriteAsync(Content);
            return true;
        };
        Assert.Equal(Content, await hub.FetchAsync(File));
    }

    [Fact]
    public async Task A_damaged_part_of_an_earlier_download_is_thrown_away()
    {
        Leave(Bytes(seed: 2).AsSpan(0, 900));
        Assert.Equal(Content, await hub.FetchAsync(File));
        Leave(Bytes(seed: 2)); // as long as it should be, or longer
        System.IO.File.Delete(hub.Blob(File));
        Directory.Delete(hub.InCache("snapshots"), recursive: true);
        Assert.Equal(Content, await hub.FetchAsync(File));
        AssertOnlyBlob();
    }

    [Fact]
    public async Task The_wrong_content_never_enters_the_cache()
    {
        hub.Fault = context => Instead(context, Bytes(seed: 2));
        var error = await Assert.ThrowsAsync<DownloadException>(() => hub.FetchAsync(File));
        Assert.Contains(TestHub.TagOf(Content, isLarge: true), error.Message);
        Assert.Contains(TestHub.TagOf(Bytes(seed: 2), isLarge: true), error.Message);
        Assert.Empty(Directory.GetFiles(hub.InCache("blobs")));
        Assert.False(Directory.Exists(hub.InCache("snapshots")));
    }

    [Fact]
    public async Task The_wrong_content_of_a_small_file_never_enters_the_cache()
    {
        hub.Files["small.txt"] = [1, 2, 3];
        hub.Fault = context => Instead(context, [1, 2, 4]);
        Assert.Contains("hash", (await Assert.ThrowsAsync<DownloadException>(() => hub.FetchAsync("small.txt"))).Message);
        Assert.Empty(Directory.GetFiles(hub.InCache("blobs")));
    }

    [Theory, InlineData(Size - 1), InlineData(Size + 1), InlineData(0)]
    public async Task A_wrong_length_never_enters_the_cache(int length)
    {
        foreach (var isAnnounced in new[] { true, false })
        {
            byte[] wrong = [.. Content.Append((byte)0).Take(length)];
            hub.Fault = async context =>
            {
                if (!TestHub.IsContent(context))
                {
                    return false;
                }

                if (isAnnounced)
                {
                    context.Response.ContentLength = length;
                }

                await context.Response.Body.WriteAsync(wrong);
                return true;
            };
            await Assert.ThrowsAsync<DownloadException>(() => hub.FetchAsync(File));
            Assert.False(System.IO.File.Exists(hub.Blob(File)));
        }

        hub.Fault = _ => Task.FromResult(false);
        Assert.Equal(Content, await hub.FetchAsync(File));
    }

    [Fact]
    public async Task Many_at_once_fetch_a_file_once()
    {
        var contents = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => hub.FetchAsync(File))));
        Assert.All(contents, content => Assert.Equal(Content, content));
        Assert.Single(hub.Server.Requests, request => request.Path == $"/content/{File}");
        AssertOnlyBlob();
    }

    [Fact]
    public async Task A_cancelled_download_keeps_what_has_come()
    {
        using var stop = new CancellationTokenSource();
        hub.Fault = async context =>
        {
            if (!TestHub.IsContent(context))
            {
                return false;
            }

            context.Response.ContentLength = Size;
            await context.Response.Body.WriteAsync(Content.AsMemory(0, 500));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        var model = await HubModel.OpenAsync(TestHub.Model, hub.Commit, hub.Settings, hub.Web(), new StopAt(500, stop), CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.FetchAsync(File, stop.Token));
        Assert.Equal(Content[..500], System.IO.File.ReadAllBytes(hub.Blob(File) + ".incomplete"));
    }

    private void Leave(ReadOnlySpan<byte> part)
    {
        Directory.CreateDirectory(hub.InCache("blobs"));
        System.IO.File.WriteAllBytes(hub.Blob(File) + ".incomplete", part);
    }

    private void AssertOnlyBlob() => Assert.Equal([hub.Blob(File)], Directory.GetFiles(hub.InCache("blobs")));

    private static async Task<bool> Cut(HttpContext context, Func<int, int> place)
    {
        if (!TestHub.IsContent(context))
        {
            return false;
        }

        var range = context.Request.Headers.Range.ToString();
        var from = range == "" ? 0 : int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
        await LoopbackServer.Give(context, Content, place(from));
        return true;
    }

    private static async Task<bool> Instead(HttpContext context, byte[] content)
    {
        if (!TestHub.IsContent(context))
        {
            return false;
        }

        await LoopbackServer.Give(context, content);
        return true;
    }

    private static byte[] Bytes(int seed)
    {
        var bytes = new byte[Size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private sealed class StopAt(long bytes, CancellationTokenSource stop) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            if (value.Done >= bytes)
            {
                stop.Cancel();
            }
        }
    }
}
