namespace Vilt.Data;

/// <summary>Where VQAv2 and its pictures are.</summary>
/// <param name="Vqa">Folder of the zip files that https://visualqa.org/download.html links to.</param>
/// <param name="Coco">COCO's server of pictures, which the same page links to.</param>
internal sealed record Vqav2Sites(Uri Vqa, Uri Coco)
{
    /// <summary>The official sites, or those that <c>VILT_VQA_ENDPOINT</c> and <c>VILT_COCO_ENDPOINT</c> name.</summary>
    /// <exception cref="InvalidDataException">One of them is not an address.</exception>
    internal static Vqav2Sites FromEnvironment() => new(
        Site("VILT_VQA_ENDPOINT", "https://s3.amazonaws.com/cvmlp/vqa/mscoco/vqa"), Site("VILT_COCO_ENDPOINT", "http://images.cocodataset.org"));

    internal Uri Questions(Vqav2Split split) => new(Vqa, $"v2_Questions_{split.Title}_mscoco.zip");

    internal Uri Annotations(Vqav2Split split) => new(Vqa, $"v2_Annotations_{split.Title}_mscoco.zip");

    internal Uri Pictures(Vqav2Split split) => new(Coco, $"zips/{split.Pictures}.zip");

    internal Uri Picture(Vqav2Split split, long imageId) => new(Coco, $"{split.Pictures}/{split.PictureFile(imageId)}");

    private static Uri Site(string variable, string official)
    {
        var site = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : official;
        return Uri.TryCreate(site.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new InvalidDataException($"{variable} is \"{site}\"; expected an address such as {official}.");
    }
}
