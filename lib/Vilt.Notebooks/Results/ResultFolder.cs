using System.Text.Json;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Notebooks.Running;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Results;

/// <summary>
/// Results of a data set in parts: <c>part-00000.safetensors</c> and so on, each there whole or not at all. Parts that are there
/// are not made again, so a run that was stopped goes on, and several runs with a shard each may share the folder.
/// </summary>
/// <param name="folder">The folder, which is made if it is missing.</param>
/// <param name="settings">What results depend on, kept in <c>run.json</c>: another run's results are not mixed in.</param>
internal sealed class ResultFolder(string folder, SortedDictionary<string, string> settings)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Makes the parts of a shard that are missing, with a progress bar.</summary>
    /// <param name="examples">All examples, also those of other shards.</param>
    /// <param name="partSize">Examples in a part.</param>
    /// <param name="shard">Which parts.</param>
    /// <param name="resultsOf">Makes the tensors of a part, in the current dispose scope, and tells each example that is done.</param>
    /// <param name="cancellation">Stops between parts or, if they look at it, within.</param>
    /// <returns>Examples of the shard.</returns>
    /// <exception cref="InvalidDataException">The folder holds results of other settings.</exception>
    public async Task<int> FillAsync(
        IReadOnlyList<VqaExample> examples, int partSize, Shard shard,
        Func<VqaExample[], Action, IReadOnlyDictionary<string, Tensor>> resultsOf, CancellationToken cancellation)
    {
        Claim();
        (string Path, VqaExample[] Examples)[] parts = [.. examples.Chunk(partSize)
            .Select((part, number) => (Path: Path.Combine(folder, $"part-{number:D5}.safetensors"), Examples: part))
            .Where((_, number) => shard.Has(number))];
        var total = parts.Sum(part => part.Examples.Length);
        return await CountedWork.RunAsync(Math.Max(1, total), report =>
        {
            var done = 0;
            foreach (var (path, part) in parts)
            {
                cancellation.ThrowIfCancellationRequested();
                if (File.Exists(path))
                {
                    Tell(part.Length);
                }
                else
                {
                    Write(path, resultsOf(part, () => Tell(1)));
                }
            }

            return total;

            void Tell(int more) => report(done += more, $"{done}/{total} questions");
        }, cancellation);
    }

    private static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        Safetensors.Write(path, tensors);
        foreach (var tensor in tensors.Values)
        {
            tensor.Dispose();
        }
    }

    private void Claim()
    {
        var path = Path.Combine(folder, "run.json");
        var wanted = JsonSerializer.Serialize(settings, Indented);
        if (!File.Exists(path))
        {
            AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, settings, Indented));
        }
        else if (File.ReadAllText(path) is var kept && kept != wanted)
        {
            throw new InvalidDataException($"{folder} holds results of another run. Give this one another --out.\nThere: {kept}\nHere: {wanted}");
        }
    }
}
