using Vilt.Data;
using Vilt.Notebooks.Commands;
using Vilt.Notebooks.Running;
using Vilt.Training;
using Vilt.Visuals;

namespace Vilt.Notebooks.Training;

/// <summary>The settings of a <c>vilt train</c> run.</summary>
/// <param name="Data">Folder of the training set.</param>
/// <param name="Splits">Which splits of it; none: its only one.</param>
/// <param name="Output">Folder of the model.</param>
/// <param name="Options">How to train.</param>
internal sealed record TrainPlan(string Data, IReadOnlyList<string> Splits, string Output, TrainingOptions Options)
{
    /// <summary>The questions of all splits, one split after the other.</summary>
    /// <inheritdoc cref="DataOptions.Read" path="/exception"/>
    public IReadOnlyList<VqaExample> Examples() => Splits.Count == 0
        ? DataOptions.Read(Data, split: null, limit: null)
        : [.. Splits.SelectMany(split => DataOptions.Read(Data, split, limit: null))];

    /// <summary>Trains with progress, and draws the loss.</summary>
    /// <param name="count">Examples of an epoch.</param>
    /// <param name="train">Trains.</param>
    /// <param name="afterStep">Called for each step before it is shown.</param>
    /// <param name="cancellation">Cancels the run; what was learned is kept.</param>
    public async Task RunAsync(
        int count, Func<IProgress<TrainingProgress>, TrainingHistory> train, Action<TrainingProgress>? afterStep, CancellationToken cancellation)
    {
        var total = Options.Steps ?? Options.Epochs * ((count + Options.BatchSize - 1) / Options.BatchSize);
        try
        {
            var history = await CountedWork.RunAsync(total, report => train(new PromptProgress<TrainingProgress>(state =>
            {
                afterStep?.Invoke(state);
                report(state.Step, state.ToString());
            })), cancellation);
            Directory.CreateDirectory(Output);
            File.WriteAllBytes(Path.Combine(Output, "loss.png"), new LossCurve(history.Losses.Select(loss => (double)loss), history.StepsPerEpoch).ToPng());
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"Stopped. The same command continues from here: the state is in {Options.CheckpointFolder}.");
            throw;
        }
    }
}
