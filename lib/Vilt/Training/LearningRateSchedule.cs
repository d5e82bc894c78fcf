namespace Vilt.Training;

/// <summary>How the learning rate changes after the warm-up.</summary>
public enum LearningRateDecay
{
    /// <summary>It stays.</summary>
    None,

    /// <summary>It falls to 0 along a line.</summary>
    Linear,

    /// <summary>It falls to 0 along a half cosine.</summary>
    Cosine,
}

/// <summary>
/// The learning rate of each step: a linear rise, then constant or a fall to 0 (transformers' <c>get_constant_schedule_with_warmup</c>,
/// <c>get_linear_schedule_with_warmup</c> and <c>get_cosine_schedule_with_warmup</c>).
/// </summary>
internal sealed record LearningRateSchedule(double Peak, int WarmupSteps, LearningRateDecay Decay, int Steps)
{
    /// <param name="step">From 0.</param>
    public double At(int step)
    {
        if (step < WarmupSteps)
        {
            return Peak * step / WarmupSteps;
        }

        var done = (step - WarmupSteps) / (double)Math.Max(1, Steps - WarmupSteps);
        return Peak * Decay switch
        {
            LearningRateDecay.None => 1,
            LearningRateDecay.Linear => Math.Max(0, 1 - done),
            LearningRateDecay.Cosine => Math.Max(0, (1 + Math.Cos(Math.PI * done)) / 2),
            _ => throw new InvalidOperationException($"{Decay} is not a way for the learning rate to fall."),
        };
    }
}
