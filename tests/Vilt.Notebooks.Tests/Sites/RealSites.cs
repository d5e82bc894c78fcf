using System.IO.Compression;
using System.Security.Cryptography;
using Vilt.Checkpoints;
using Vilt.Scenes;
using Vilt.Tests.Checkpoints.Pickle;

namespace Vilt.Notebooks.Tests.Sites;

/// <summary>
/// Stands for the Hugging Face hub, VQAv2's site and COCO's: small untrained checkpoints under the tutorial's names, one in each file format,
/// and a Zoo under the names of VQAv2.
/// </summary>
internal sealed class RealSites : IDisposable
{
    public const string Body = "dandelin/vilt-b32-mlm", Finetuned = "dandelin/vilt-b32-finetuned-vqa";

    private const string Questions = "v2_OpenEnded_mscoco_val2014_questions.json", Annotations = "v2_mscoco_val2014_annotations.json";
    private static readonly string Commit = new('c', 40);

    private readonly TestFolder folder = new();
    private readonly Dictionary<string, byte[]> files = [];

    public RealSites(int pictures)
    {
        Zoo.Draw(folder["zoo"], pictures, seed: 3);
        files["/vqa/v2_Questions_Val_mscoco.zip"] = Zip(Questions);
        files["/vqa/v2_Annotations_Val_mscoco.zip"] = Zip(Annotations);
        foreach (var picture in Directory.GetFiles(folder["zoo/val2014"]))
        {
            files[$"/coco/val2014/{Path.ChangeExtension(Path.GetFileName(picture), ".jpg")}"] = File.ReadAllBytes(picture);
        }

        ZooModel.SaveWithoutAnswerHead(folder["body"]);
        Add(Body, "body", except: "model.safetensors");
        using (var body = ViltCheckpoint.From(folder["body"]).MaskedLM().Model)
        {
            files[FileOf(Body, "pytorch_model.bin")] = TorchSave.StateDict(body.state_dict());
        }

        ZooModel.Save(folder["finetuned"], Zoo.Answers);
        Add(Finetuned, "finetuned");
        Server = new(Find);
    }

    public FileServer Server { get; }

    /// <summary>What leads the program here, with a cache in a folder.</summary>
    public IReadOnlyDictionary<string, string?> Environment(string cache) => new Dictionary<string, string?>
    {
        ["VILT_SERIES"] = "vqav2",
        ["HF_ENDPOINT"] = $"{Server.Address}/hub",
        ["HF_HUB_CACHE"] = cache,
        ["HF_TOKEN"] = null,
        ["VILT_VQA_ENDPOINT"] = $"{Server.Address}/vqa",
        ["VILT_COCO_ENDPOINT"] = $"{Server.Address}/coco",
    };

    /// <summary>The paths under one of the sites whose content was given, each as often as it was.</summary>
    public IReadOnlyList<string> Given(string site) =>
        [.. Server.Given.Where(path => path.StartsWith(site, StringComparison.Ordinal))];

    public static string FileOf(string model, string file) => $"/hub/{model}/{file}";

    public void Dispose()
    {
        Server.Dispose();
        folder.Dispose();
    }

    private void Add(string model, string checkpoint, string? except = null)
    {
        foreach (var file in Directory.GetFiles(folder[checkpoint]).Where(file => Path.GetFileName(file) != except))
        {
            files[FileOf(model, Path.GetFileName(file))] = File.ReadAllBytes(file);
        }
    }

    private byte[] Zip(string file)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntryFromFile(folder[$"zoo/{file}"], file);
        }

        return stream.ToArray();
    }

    private (byte[]? Content, string Headers) Find(string path)
    {
        var name = path.Replace("/resolve/main/", "/", StringComparison.Ordinal).Replace($"/resolve/{Commit}/", "/", StringComparison.Ordinal);
        var content = files.GetValueOrDefault(name);
        var tag = content is null ? "" : $"ETag: \"{Convert.ToHexStringLower(SHA256.HashData(content))}\"\r\n";
        return (content, $"X-Repo-Commit: {Commit}\r\n{tag}");
    }
}
