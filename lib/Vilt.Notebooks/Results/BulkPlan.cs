using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Notebooks.Commands;
using Vilt.Pipelines;
using Vilt.Results;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Results;

/// <summary>The settings of a command that writes results for a data set.</summary>
/// <param name="Command">Its name.</param>
/// <param name="Checkpoint">The model's folder or name on the hub.</param>
/// <param name="Data">Folder of the data set.</param>
/// <param name="Split">Which split of it.</param>
/// <param name="Limit">How many of its questions; null: all.</param>
/// <param name="Output">Folder of the results.</param>
/// <param name="Shard">Which share of the work.</param>
/// <param name="BFloat16">Whether to compute in bfloat16.</param>
/// <param name="MaxErrors">How many pictures that can't be read are skipped.</param>
internal sealed record BulkPlan(
    string Command, string Checkpoint, string Data, string? Split, int? Limit, string Output, Shard Shard, bool BFloat16, int MaxErrors = 0)
{
    /// <summary>Loads the model.</summary>
    public VqaPipeline Model() => CheckpointArgument.Load(Checkpoint, BFloat16);

    /// <summary>Makes the parts of the results that are missing, with a progress bar.</summary>
    /// <param name="vqa">The model.</param>
    /// <param name="partSize">Questions in a part.</param>
    /// <param name="settings">What else the results depend on.</param>
    /// <param name="resultsOf">
    /// Computes the tensors of examples, or only of the first if it is canceled, and reports each that is done.
    /// </param>
    /// <param name="cancellation">Cancels between parts or, if they check it, within one.</param>
    /// <returns>Questions of the share.</returns>
    public Task<int> FillAsync(
        VqaPipeline vqa, int partSize, IEnumerable<(string Name, string Value)> settings,
        Func<VqaExample[], Action, IReadOnlyDictionary<string, Tensor>> resultsOf, CancellationToken cancellation)
    {
        var examples = DataOptions.Read(Data, Split, limit: null);
        // By content: model and data may be elsewhere on another machine, and others may take their places.
        var all = new SortedDictionary<string, string>
        {
            ["command"] = Command,
            ["version"] = typeof(BulkPlan).Assembly.GetName().Version!.ToString(3),
            ["model"] = ViltCheckpoint.From(Checkpoint).ContentHash(),
            ["data"] = ExamplesHash.Of(examples),
            ["bf16"] = $"{BFloat16}",
        };
        foreach (var (name, value) in settings)
        {
            all.Add(name, value);
        }

        VqaExample[] wanted = [.. examples.Take(Limit ?? int.MaxValue)];
        var plan = ResultPlan.Of(vqa, wanted.Length, partSize);
        return new ResultFolder(Output, all, plan, MaxErrors).FillAsync(wanted, Shard, resultsOf, cancellation);
    }
}
