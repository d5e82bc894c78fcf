namespace Vilt.Attribution;

/// <summary>How far an attribution has come.</summary>
/// <param name="StepsDone">Steps of the path that are computed.</param>
/// <param name="Steps">Steps of the whole path; of an adaptive attribution, as far as is known.</param>
public readonly record struct AttributionProgress(int StepsDone, int Steps);
