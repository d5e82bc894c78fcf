using Vilt.Attribution;
using Vilt.Evaluation;
using Vilt.Pipelines;

namespace Vilt.Notebooks.Scoring;

/// <summary>How methods are scored.</summary>
/// <param name="Methods">Names of <see cref="VqaMethods"/>.</param>
/// <param name="Steps">Steps of methods with a path.</param>
/// <param name="Baseline">The picture that methods compare with.</param>
/// <param name="Deleted">What replaces deleted patches.</param>
/// <param name="PatchesPerStep">Patches that are deleted or inserted at a time.</param>
/// <param name="Seed">Seed for random weights, orders and removals.</param>
internal sealed record ScoringOptions(
    IReadOnlyList<string> Methods, int Steps, PictureBaseline Baseline, PatchReplacement Deleted, int PatchesPerStep, int Seed)
{
    public PathSteps Path => PathSteps.Fixed(Steps);
}
