namespace Vilt.Training;

/// <summary>The losses of a run, from its first step on.</summary>
/// <param name="Losses">The loss of each step, before the step's update.</param>
/// <param name="StepsPerEpoch">Steps in an epoch.</param>
public sealed record TrainingHistory(IReadOnlyList<float> Losses, int StepsPerEpoch)
{
    /// <summary>The mean loss of each epoch; the last epoch may not be complete.</summary>
    public IReadOnlyList<float> EpochLosses => [.. Losses.Chunk(StepsPerEpoch).Select(losses => losses.Average())];
}
