namespace Vilt.Attribution;

/// <summary>How far an attribution has come.</summary>
/// <param name="StepsDone">Steps of the path, perturbations or samples that are computed.</param>
/// <param name="Steps">All of them; where their number is found on the way, as far as is known.</param>
public readonly record struct AttributionProgress(int StepsDone, int Steps);
