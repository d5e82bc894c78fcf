using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Vilt.Data;
using Vilt.Downloads;
using Vilt.Tests.Downloads;

namespace Vilt.Tests.Data;

/// <summary>Stands for VQAv2's site and COCO's: the questions and annotations of the goldens, and a plain picture for each.</summary>
internal sealed class TestSite : IDisposable
{
    private const string Questions = "v2_OpenEnded_mscoco_val2014_questions.json", Annotations = "v2_mscoco_val2014_annotations.json";

    public TestSite()
    {
        Files["/vqa/v2_Questions_Val_mscoco.zip"] = Zip((Questions, File.ReadAllBytes(Goldens.PathOf("data", Questions))));
        Files["/vqa/v2_Annotations_Val_mscoco.zip"] = Zip((Annotations, File.ReadAllBytes(Goldens.PathOf("data", Annotations))));
        ImageIds = [.. VqaQuestionFile.Read(Goldens.PathOf("data", Questions)).Questions.Select(question => question.ImageId).Distinct()];
        foreach (var id in ImageIds)
        {
            Files[PathOf(id)] = Picture(id);
        }

        Files["/coco/zips/val2014.zip"] = Zip([.. ImageIds.Select(id => ($"val2014/{FileOf(id)}", Picture(id))), ($"val2014/../../COCO_val2014_{1:D12}.jpg", Picture(1))]);
        Server = new(AnswerAsync);
    }

    public LoopbackServer Server { get; }

    /// <summary>Contents by path.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>The pictures that the questions are about.</summary>
    public IReadOnlyList<long> ImageIds { get; }

    /// <summary>Where to cut the content of a request short; null: nowhere.</summary>
    public Func<HttpContext, int?> Cut { get; set; } = _ => null;

    /// <summary>The most requests that were open at once.</summary>
    public int MostAtOnce { get; private set; }

    public Vqav2Sites Sites => new(new(Server.Uri, "vqa/"), new(Server.Uri, "coco/"));

    private int open;

    public static string FileOf(long id) => $"COCO_val2014_{id:D12}.jpg";

    public static string PathOf(long id) => $"/coco/val2014/{FileOf(id)}";

    /// <summary>A plain picture whose gray tells of its id.</summary>
    public static byte[] Picture(long id)
    {
        var pixels = new byte[40 * 40 * 3];
        Array.Fill(pixels, (byte)id);
        return new RgbImage(40, 40, pixels).EncodePng();
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    public Task GetAsync(string folder, Vqav2Images images, IProgress<DownloadProgress>? progress = null) =>
        Vqav2.FetchAsync(folder, "val", images, Sites, new WebClient(new ImpatientClock()), progress, TestContext.Current.CancellationToken);

    /// <summary>The index of a folder whose pictures are fetched when they are asked for.</summary>
    public ImageIndex Index(string folder) =>
        ImageIndex.FromFolder(folder, path => new CocoPictures(path, Vqav2Split.Find("val"), Sites, new WebClient(new ImpatientClock())));

    public void Dispose() => Server.Dispose();

    private async Task AnswerAsync(HttpContext context)
    {
        lock (Files)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++open);
        }

        await Task.Yield();
        if (!Files.TryGetValue(context.Request.Path.Value!, out var content))
        {
            context.Response.StatusCode = 404;
        }
        else
        {
            context.Response.Headers.ETag = $"\"{content.Length}-1\"";
            await LoopbackServer.Give(context, content, Cut(context) ?? content.Length);
        }

        lock (Files)
        {
            open--;
        }
    }
}
