namespace Vilt.Scenes.Files;

/// <summary>
/// Names and places of a data set's files: VQAv2's own, the masks in the same style, and a marker that everything is there.
/// </summary>
internal static class ZooFiles
{
    public const string Questions = "v2_OpenEnded_mscoco_val2014_questions.json";
    public const string Annotations = "v2_mscoco_val2014_annotations.json";
    public const string Masks = "v2_mscoco_val2014_masks.json";
    public const string Pictures = "val2014";
    public const string Marker = "zoo.json";

    /// <summary>Everything in a data set's folder.</summary>
    public static readonly IReadOnlyList<string> All = [Questions, Annotations, Masks, Pictures, Marker];

    public static string PictureName(long imageId) => $"COCO_val2014_{imageId:D12}.png";
}
