using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Vilt.Data;

namespace Vilt.Explorer.Tests.Pictures;

public sealed class HostileInputTests(RunningExplorer explorer)
{
    [Fact]
    public async Task A_picture_of_20000_by_20000_is_refused_by_its_header()
    {
        var (status, message) = await UploadAsync(HugePng(20_000, 20_000));
        Assert.Equal(413, status);
        Assert.Contains("20000 × 20000", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_picture_is_refused()
    {
        var whole = await File.ReadAllBytesAsync(RunningExplorer.Asset("zebra.png"), TestContext.Current.CancellationToken);
        var (status, message) = await UploadAsync(whole[..(whole.Length / 2)]);
        Assert.Equal((422, "The picture is a picture cut short: get a complete copy of it."), (status, message));
    }

    [Fact]
    public async Task What_is_not_a_picture_is_refused()
    {
        Assert.Equal(415, (await UploadAsync(Encoding.UTF8.GetBytes("<svg onload=\"alert(1)\"></svg>"))).Status);
        Assert.Equal(415, (await UploadAsync([])).Status);
    }

    [Fact]
    public async Task An_upload_of_100_MB_is_refused_before_it_is_read()
    {
        var request = explorer.Request(HttpMethod.Post, "api/pictures");
        request.Headers.ExpectContinue = true;
        request.Content = new ByteArrayContent(new byte[100_000_000]);
        var (status, message) = await RunningExplorer.RefusalAsync(await explorer.SendAsync(request));
        Assert.Equal((413, "The picture is larger than 20 MB: make it smaller first."), (status, message));
    }

    public static TheoryData<string, object, int, string> Questions => new()
    {
        { "api/ask", new { picture = "example-zebra", question = new string('a', 1_000_000) }, 413, "too large" },
        { "api/ask", new { picture = "example-zebra", question = new string('a', 1_001) }, 413, "1001 characters" },
        { "api/ask", new { picture = "example-zebra", question = " " }, 400, "type a question" },
        { "api/ask", new { picture = "../../etc/passwd", question = "what" }, 404, "not there" },
        { "api/ask", new { picture = "example-zebra", question = "what", hidden = new[] { 80 } }, 400, "patches 0 to 79" },
        { "api/ask", new { picture = "example-zebra", question = "what", hidden = new[] { -1 } }, 400, "patches 0 to 79" },
        { "api/ask", new { picture = "example-zebra", question = "what", model = "gpt" }, 404, "no model gpt" },
        { "api/ask", new { picture = "example-zebra" }, 400, "" },
        { "api/explain", new { picture = "example-zebra", question = "what", answer = "unicorn" }, 400, "unicorn" },
        { "api/explain", new { picture = "example-zebra", question = "what", steps = 1_000_000 }, 400, "5 to 500 steps" },
        { "api/explain", new { picture = "example-zebra", question = "what", method = "magic" }, 400, "methods" },
        { "api/path", new { picture = "example-zebra", question = "what", answer = "unicorn" }, 400, "unicorn" },
        { "api/answers", new { ids = new[] { 1L << 60 } }, 404, "no question" },
    };

    [Theory]
    [MemberData(nameof(Questions), DisableDiscoveryEnumeration = true)]
    public async Task An_impossible_question_is_refused(string path, object json, int status, string told)
    {
        var refusal = await RunningExplorer.RefusalAsync(await explorer.SendAsync(explorer.Request(HttpMethod.Post, path, json)));
        Assert.Equal(status, refusal.Status);
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_is_asked_about_and_shown_encoded_anew()
    {
        var file = await File.ReadAllBytesAsync(RunningExplorer.Asset("zebra.png"), TestContext.Current.CancellationToken);
        var id = await explorer.UploadAsync(file);
        var answers = await explorer.PostAsync("api/ask", new { picture = id, question = "what is on the picture" });
        var own = explorer.Vqa.Ask(RunningExplorer.Asset("zebra.png"), "what is on the picture")[0];
        Assert.Equal(own.Answer, answers.GetProperty("answers")[0].GetProperty("answer").GetString());
        Assert.Equal(own.Probability, answers.GetProperty("answers")[0].GetProperty("probability").GetDouble(), 6);
        using var shown = await explorer.SendAsync(explorer.Request(HttpMethod.Get, $"api/pictures/{id}"));
        Assert.Equal("image/jpeg", shown.Content.Headers.ContentType!.MediaType);
    }

    private async Task<(int Status, string Message)> UploadAsync(byte[] file)
    {
        var request = explorer.Request(HttpMethod.Post, "api/pictures");
        request.Content = new ByteArrayContent(file);
        return await RunningExplorer.RefusalAsync(await explorer.SendAsync(request));
    }

    // A small picture's file whose header claims another size.
    private static byte[] HugePng(int width, int height)
    {
        var png = new RgbImage(1, 1, new byte[3]).EncodePng();
        const int Header = 12; // signature and length; then the type, 13 bytes, and their checksum
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(Header + 4), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(Header + 8), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(Header + 17), Crc32.HashToUInt32(png.AsSpan(Header, 17)));
        return png;
    }
}
