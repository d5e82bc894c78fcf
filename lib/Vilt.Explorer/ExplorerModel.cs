using Vilt.Pipelines;

namespace Vilt.Explorer;

/// <summary>A model that can be chosen on the page.</summary>
/// <param name="Name">What it is called there.</param>
/// <param name="Vqa">The model, which stays the caller's.</param>
public sealed record ExplorerModel(string Name, VqaPipeline Vqa)
{
    /// <summary>The checkpoint's <see cref="Checkpoints.ViltCheckpoint.ContentHash"/>, by which results know their model; null if not known.</summary>
    public string? ContentHash { get; init; }
}
