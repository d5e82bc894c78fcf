using System.Text.Json;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Notebooks.Running;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Results;

/// <summary>
/// Results of a data set in parts: <c>part-00000.safetensors</c> and so on, each there whole or not at all. Parts that are there
/// are not made again, so a run that was stopped goes on, and several runs with a shard each may share the folder. A part that a run over
/// fewer questions left shorter is made anew, and so is one that can't be read.
/// </summary>
/// <param name="folder">The folder, which is made if it is missing.</param>
/// <param name="settings">What results depend on, kept in <c>run.json</c>: another run's results are not mixed in.</param>
internal sealed class ResultFolder(string folder, SortedDictionary<string, string> settings)
{
    /// <summary>The tensor that every part has: the questions it answers.</summary>
    public const string QuestionIds = "question_id";

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
                if (Holds(path, part))
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

    /// <summary>Whether a part is there and answers all of these questions, and perhaps more.</summary>
    private static bool Holds(string path, VqaExample[] examples)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var file = Safetensors.Open(path);
            using var ids = file.Read(QuestionIds); // (N)
            return ids.data<long>().ToArray().AsSpan().StartsWith(examples.Select(example => example.Question.QuestionId).ToArray());
        }
        catch (Exception error) when (error is InvalidDataException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        Safetensors.Write(path, tensors);
        foreach (var tensor in tensors.Values)
        {
            tensor.Dispose();
        }
    }

    // Of several runs that begin at once one writes the file, and all read it.
    private void Claim()
    {
        var path = Path.Combine(folder, "run.json");
        if (!File.Exists(path))
        {
            AtomicFile.WriteIfMissing(path, stream => JsonSerializer.Serialize(stream, settings, Indented));
        }

        var kept = Read(path);
        var differences = kept.Keys.Union(settings.Keys).Where(name => kept.GetValueOrDefault(name) != settings.GetValueOrDefault(name))
            .Select(name => $"{name} is {kept.GetValueOrDefault(name, "unknown")} there and {settings.GetValueOrDefault(name, "unknown")} here");
        if (differences.Any())
        {
            throw new InvalidDataException($"{folder} holds results of another run: {string.Join("; ", differences)}. Give this one another --out.");
        }
    }

    private static Dictionary<string, string> Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: expected an object of texts: {error.Message} Give this run another --out.", error);
        }
    }
}
