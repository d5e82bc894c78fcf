using Microsoft.AspNetCore.Http;
using Vilt.Downloads;
using Vilt.Tests.Downloads;

namespace Vilt.Tests.Checkpoints.Hub;

/// <summary>Wrong bytes never enter the cache, whoever sends them.</summary>
public sealed class HubContentTests : IDisposable
{
    private const int Size = LargeFile.Size;

    private readonly LargeFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task Other_bytes_than_those_asked_for_are_not_taken()
    {
        file.Leave(LargeFile.Content.AsSpan(0, 700));
        var left = 2;
        file.Hub.Fault = async context =>
        {
            if (!TestHub.IsContent(context) || Interlocked.Decrement(ref left) < 0)
            {
                return false;
            }

            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes 0-{Size - 1}/{Size}";
            await context.Response.Body.WriteAsync(LargeFile.Content);
            return true;
        };
        Assert.Equal(LargeFile.Content, await file.FetchAsync());
    }

    [Fact]
    public async Task A_damaged_part_of_an_earlier_download_is_thrown_away()
    {
        file.Leave(LargeFile.Bytes(seed: 2).AsSpan(0, 900));
        Assert.Equal(LargeFile.Content, await file.FetchAsync());
        file.Leave(LargeFile.Bytes(seed: 2)); // as long as it should be, or longer
        File.Delete(file.Blob);
        Directory.Delete(file.Hub.InCache("snapshots"), recursive: true);
        Assert.Equal(LargeFile.Content, await file.FetchAsync());
        file.AssertOnlyBlob();
    }

    [Fact]
    public async Task The_wrong_content_never_enters_the_cache()
    {
        file.Hub.Fault = context => Instead(context, LargeFile.Bytes(seed: 2));
        var error = await Assert.ThrowsAsync<DownloadException>(() => file.FetchAsync());
        Assert.Contains(TestHub.TagOf(LargeFile.Content, isLarge: true), error.Message);
        Assert.Contains(TestHub.TagOf(LargeFile.Bytes(seed: 2), isLarge: true), error.Message);
        Assert.Empty(Directory.GetFiles(file.Hub.InCache("blobs")));
        Assert.False(Directory.Exists(file.Hub.InCache("snapshots")));
    }

    [Fact]
    public async Task The_wrong_content_of_a_small_file_never_enters_the_cache()
    {
        file.Hub.Files["small.txt"] = [1, 2, 3];
        file.Hub.Fault = context => Instead(context, [1, 2, 4]);
        Assert.Contains("hash", (await Assert.ThrowsAsync<DownloadException>(() => file.Hub.FetchAsync("small.txt"))).Message);
        Assert.Empty(Directory.GetFiles(file.Hub.InCache("blobs")));
    }

    [Theory, InlineData(Size - 1), InlineData(Size + 1), InlineData(0)]
    public async Task A_wrong_length_never_enters_the_cache(int length)
    {
        foreach (var isAnnounced in new[] { true, false })
        {
            byte[] wrong = [.. LargeFile.Content.Append((byte)0).Take(length)];
            file.Hub.Fault = async context =>
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
            await Assert.ThrowsAsync<DownloadException>(() => file.FetchAsync());
            Assert.False(File.Exists(file.Blob));
        }

        file.Hub.Fault = _ => Task.FromResult(false);
        Assert.Equal(LargeFile.Content, await file.FetchAsync());
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
}
