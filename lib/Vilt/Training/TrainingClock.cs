using System.Diagnostics;

namespace Vilt.Training;

/// <summary>Measures a run from where it was started or resumed.</summary>
internal sealed class TrainingClock(int stepsBefore, int steps, int stepsPerEpoch)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();

    public TrainingProgress ProgressAfter(int step, float loss)
    {
        var rate = (step - stepsBefore) / watch.Elapsed.TotalSeconds;
        int epoch = (step - 1) / stepsPerEpoch + 1, epochs = (steps - 1) / stepsPerEpoch + 1;
        return new TrainingProgress(epoch, epochs, step, steps, loss, rate, TimeSpan.FromSeconds((steps - step) / rate));
    }
}
