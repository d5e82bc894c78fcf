namespace Vilt.Visuals;

/// <summary>Attributions of a picture, scaled for a heat map by <see cref="AttributionNormalization.Normalize"/>.</summary>
/// <param name="Values">(rows, columns); −1…1 for <see cref="AttributionSign.All"/>, else 0…1.</param>
/// <param name="Sign">Which attributions were kept.</param>
/// <param name="Threshold">What the attributions were divided by: outliers lie beyond it.</param>
/// <param name="Warning">Why the heat map may mislead, or null.</param>
public sealed record NormalizedAttributions(double[,] Values, AttributionSign Sign, double Threshold, string? Warning);
