using System.Text.Json;
using Vilt.Data;
using Vilt.Notebooks.Running;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Results;

/// <summary>
/// Results for a data set in parts: <c>part-00000.safetensors</c> and so on. Parts that are there are not computed again, and one that was
/// left half done, by a run that was stopped or had fewer questions, is completed: so a stopped run can be continued, and several runs with
/// a shard each may share the folder.
/// </summary>
/// <param name="folder">The folder; it is created if needed.</param>
/// <param name="settings">What results depend on, kept in <c>run.json</c>: another run's results are not mixed in.</param>
/// <param name="maxErrors">How many pictures of a shard that can't be read are skipped.</param>
internal sealed class ResultFolder(string folder, SortedDictionary<string, string> settings, int maxErrors = 0)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Makes the parts of a shard that are missing, with a progress bar.</summary>
    /// <param name="examples">All examples, including those of other shards.</param>
    /// <param name="partSize">Examples in a part.</param>
    /// <param name="shard">Which parts.</param>
    /// <param name="resultsOf">
    /// Computes the tensors of examples, in the current dispose scope, and reports each example that is done. If it is canceled, it may
    /// return those of the first few.
    /// </param>
    /// <param name="cancellation">Cancels between parts or, if they check it, within one.</param>
    /// <returns>Examples of the shard.</returns>
    /// <exception cref="InvalidDataException">The folder holds results for other settings, or too many pictures can't be read.</exception>
    public async Task<int> FillAsync(
        IReadOnlyList<VqaExample> examples, int partSize, Shard shard,
        Func<VqaExample[], Action, IReadOnlyDictionary<string, Tensor>> resultsOf, CancellationToken cancellation)
    {
        Claim();
        (ResultPart Part, VqaExample[] Examples)[] parts = [.. examples.Chunk(partSize)
            .Select((part, number) => (Part: new ResultPart(folder, number), Examples: part))
            .Where((_, number) => shard.Has(number))];
        var total = parts.Sum(part => part.Examples.Length);
        return await CountedWork.RunAsync(Math.Max(1, total), report =>
        {
            int done = 0, errors = 0;
            foreach (var (part, wanted) in parts)
            {
                cancellation.ThrowIfCancellationRequested();
                var (answered, unreadable) = part.There(wanted);
                errors += unreadable;
                Tell(answered + unreadable);
                if (answered + unreadable < wanted.Length)
                {
                    errors += Complete(part, wanted[(answered + unreadable)..], isBegun: answered + unreadable > 0);
                }
            }

            cancellation.ThrowIfCancellationRequested();
            return total;

            void Tell(int more) => report(done += more, $"{done}/{total} questions");

            int Complete(ResultPart part, VqaExample[] missing, bool isBegun)
            {
                using var scope = NewDisposeScope();
                var (readable, broken) = maxErrors == 0 ? (missing, []) : UnreadablePicture.Split(missing);
                if (errors + broken.Count > maxErrors)
                {
                    throw new InvalidDataException($"{broken[^1].Error} More than {maxErrors} pictures can't be read (--max-errors).");
                }

                Tell(broken.Count);
                return part.Add(resultsOf(readable, () => Tell(1)), missing, broken, isBegun);
            }
        }, cancellation);
    }

    // If several runs begin at once, one writes the file and all read it.
    private void Claim()
    {
        var path = Path.Combine(folder, "run.json");
        if (!File.Exists(path))
        {
            AtomicFile.WriteIfMissing(path, stream => JsonSerializer.Serialize(stream, settings, Indented));
        }

        var kept = Read(path);
        string[] differences = [.. kept.Keys.Union(settings.Keys)
            .Select(name => (Name: name, There: kept.GetValueOrDefault(name, "unknown"), Here: settings.GetValueOrDefault(name, "unknown")))
            .Where(setting => setting.There != setting.Here).Select(setting => $"{setting.Name} is {setting.There} there and {setting.Here} here")];
        if (differences.Length > 0)
        {
            throw new InvalidDataException(
                $"{folder} holds results of another run: {string.Join("; ", differences)}. Choose another --out for this one.");
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
            throw new InvalidDataException($"{path}: expected an object of strings: {error.Message} Choose another --out for this run.", error);
        }
    }
}
