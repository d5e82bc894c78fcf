using System.Globalization;

namespace Vilt.Training;

/// <summary>The progress of a training run after a step.</summary>
/// <param name="Epoch">The epoch of the step, from 1.</param>
/// <param name="Epochs">Epochs of the run.</param>
/// <param name="Step">Steps done, including those of an earlier part of the run.</param>
/// <param name="Steps">Steps of the run.</param>
/// <param name="Loss">The step's loss.</param>
/// <param name="StepsPerSecond">The mean rate since the run was started or resumed.</param>
/// <param name="TimeLeft">What the remaining steps take at this rate.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, int Step, int Steps, float Loss, double StepsPerSecond, TimeSpan TimeLeft)
{
    /// <summary>One line for a terminal or a log: "epoch 2/25 · step 51/625 · loss 4.1234 · 2.31 steps/s · 0:04:08 left".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"epoch {Epoch}/{Epochs} · step {Step}/{Steps} · loss {Loss:0.0000} · " +
        $"{StepsPerSecond:0.00} steps/s · {(long)TimeLeft.TotalHours}:{TimeLeft:mm\\:ss} left");
}
