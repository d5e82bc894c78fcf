namespace Vilt.Data;

/// <summary>The names that a split of VQAv2 has in files and addresses.</summary>
/// <param name="Name">As users write it.</param>
/// <param name="Title">As the names of the official zip files have it.</param>
/// <param name="Pictures">The folder of its COCO pictures.</param>
internal sealed record Vqav2Split(string Name, string Title, string Pictures)
{
    internal static IReadOnlyList<Vqav2Split> All { get; } = [new("val", "Val", "val2014"), new("train", "Train", "train2014")];

    internal string QuestionsFile => $"v2_OpenEnded_mscoco_{Pictures}_questions.json";

    internal string AnnotationsFile => $"v2_mscoco_{Pictures}_annotations.json";

    internal string PictureFile(long imageId) => $"COCO_{Pictures}_{imageId:D12}.jpg";

    /// <exception cref="ArgumentException">There is no such split.</exception>
    internal static Vqav2Split Find(string name) => All.FirstOrDefault(split => split.Name == name)
        ?? throw new ArgumentException($"VQAv2 has no split \"{name}\" with answers; expected {string.Join(" or ", All.Select(split => split.Name))}.", nameof(name));
}
