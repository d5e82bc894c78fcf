using Microsoft.AspNetCore.Http;
using Vilt.Checkpoints.Hub;
using Vilt.Downloads;
using Vilt.Tests.Downloads;

namespace Vilt.Tests.Checkpoints.Hub;

/// <summary>Whatever a connection does, nothing corrupt enters the cache, and the good end is reached where there is one.</summary>
public sealed class HubDownloadTests : IDisposable
{
    private const int Size = LargeFile.Size;

    private readonly LargeFile file = new();

    public void Dispose() => file.Dispose();

    public static TheoryData<int> Places => [0, 1, 2, 17, 1023, 1024, 2048, Size - 2, Size - 1];

    [Theory, MemberData(nameof(Places))]
    public async Task A_connection_cut_once_goes_on_where_it_stopped(int place)
    {
        var left = 1;
        file.Hub.Fault = context => Cut(context, _ => Interlocked.Decrement(ref left) >= 0 ? place : Size);
        Assert.Equal(LargeFile.Content, await file.FetchAsync());
        file.AssertOnlyBlob();
    }

    [Fact]
    public async Task A_connection_that_is_cut_again_and_again_ends_well_as_long_as_it_comes_forward()
    {
        file.Hub.Fault = context => Cut(context, from => Math.Min(from + 100, Size));
        Assert.Equal(LargeFile.Content, await file.FetchAsync());
        Assert.True(file.Hub.Server.Requests.Count(request => request.Range != "") >= Size / 100);
    }

    [Fact]
    public async Task A_connection_that_never_comes_forward_is_given_up_and_the_next_process_goes_on()
    {
        file.Hub.Fault = context => Cut(context, _ => 1000);
        var error = await Assert.ThrowsAsync<DownloadException>(() => file.FetchAsync());
        Assert.Contains("what has arrived is kept", error.Message);
        Assert.False(File.Exists(file.Blob));
        Assert.Equal(1000, new FileInfo(file.Incomplete).Length);
        file.Hub.Fault = _ => Task.FromResult(false);
        Assert.Equal(LargeFile.Content, await file.FetchAsync());
        Assert.Equal("bytes=1000-", file.Hub.Server.Requests.Last().Range);
    }

    [Theory, InlineData(200), InlineData(416)]
    public async Task A_server_that_refuses_ranges_gives_all_of_it_again(int status)
    {
        file.Leave(LargeFile.Content.AsSpan(0, 700));
        file.Hub.Fault = async context =>
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
                await context.Response.Body.WriteAsync(LargeFile.Content);
            }

            return true;
        };
        Assert.Equal(LargeFile.Content, await file.FetchAsync());
        file.AssertOnlyBlob();
    }

    [Fact]
    public async Task Many_at_once_fetch_a_file_once()
    {
        var contents = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => file.FetchAsync())));
        Assert.All(contents, content => Assert.Equal(LargeFile.Content, content));
        Assert.Single(file.Hub.Server.Requests, request => request.Path == $"/content/{LargeFile.Name}");
        file.AssertOnlyBlob();
    }

    [Fact]
    public async Task A_cancelled_download_keeps_what_has_come()
    {
        using var stop = new CancellationTokenSource();
        file.Hub.Fault = async context =>
        {
            if (!TestHub.IsContent(context))
            {
                return false;
            }

            context.Response.ContentLength = Size;
            await context.Response.Body.WriteAsync(LargeFile.Content.AsMemory(0, 500));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        var model = await HubModel.OpenAsync(TestHub.Model, file.Hub.Commit, file.Hub.Settings, file.Hub.Web(), new Listener<DownloadProgress>(StopAt500), CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.FetchAsync(LargeFile.Name, stop.Token));
        Assert.Equal(LargeFile.Content[..500], File.ReadAllBytes(file.Incomplete));

        void StopAt500(DownloadProgress value)
        {
            if (value.Done >= 500)
            {
                stop.Cancel();
            }
        }
    }

    private static async Task<bool> Cut(HttpContext context, Func<int, int> place)
    {
        if (!TestHub.IsContent(context))
        {
            return false;
        }

        var range = context.Request.Headers.Range.ToString();
        var from = range == "" ? 0 : int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
        await LoopbackServer.Give(context, LargeFile.Content, place(from));
        return true;
    }
}
