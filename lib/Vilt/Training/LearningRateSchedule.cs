namespace Vilt.Training;

/// <summary>
/// The learning rate of each step: a linear rise, then constant or a half cosine to 0 (transformers'
/// <c>get_constant_schedule_with_warmup</c> and <c>get_cosine_schedule_with_warmup</c>).
/// </summary>
internal sealed record LearningRateSchedule(double Peak, int WarmupSteps, bool CosineDecay, int Steps)
{
    /// <param name="step">From 0.</param>
    public double At(int step)
    {
        if (step < WarmupSteps)
        {
            return Peak * step / WarmupSteps;
        }

        if (!CosineDecay)
        {
            return Peak;
        }

        var done = (step - WarmupSteps) / (double)Math.Max(1, Steps - WarmupSteps);
        return Peak * Math.Max(0, (1 + Math.Cos(Math.PI * done)) / 2);
    }
}
