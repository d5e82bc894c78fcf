using Vilt.Data;
using Vilt.Notebooks.Running;
using Vilt.Results;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Results;

/// <summary>
/// Results for a data set in parts: <c>part-00000.safetensors</c> and so on. Parts that are there are not computed again, and one that was
/// left half done, by a run that was stopped or had fewer questions, is completed: so a stopped run can be continued, and several runs with
/// a shard each may share the folder.
/// </summary>
/// <param name="folder">The folder; it is created if needed.</param>
/// <param name="settings">What results depend on: another run's results are not mixed in.</param>
/// <param name="plan">What it is to hold.</param>
/// <param name="maxErrors">How many pictures of a shard that can't be read are skipped.</param>
internal sealed class ResultFolder(string folder, SortedDictionary<string, string> settings, ResultPlan plan, int maxErrors)
{
    /// <summary>Makes the parts of a shard that are missing, with a progress bar.</summary>
    /// <param name="examples">All examples, including those of other shards.</param>
    /// <param name="shard">Which parts.</param>
    /// <param name="resultsOf">
    /// Computes the tensors of examples, in the current dispose scope, and reports each example that is done. If it is canceled, it may
    /// return those of the first few.
    /// </param>
    /// <param name="cancellation">Cancels between parts or, if they check it, within one.</param>
    /// <returns>Examples of the shard.</returns>
    /// <exception cref="InvalidDataException">The folder holds results for other settings, or too many pictures can't be read.</exception>
    public async Task<int> FillAsync(
        IReadOnlyList<VqaExample> examples, Shard shard,
        Func<VqaExample[], Action, IReadOnlyDictionary<string, Tensor>> resultsOf, CancellationToken cancellation)
    {
        RunSettings.Claim(folder, settings);
        plan.Keep(folder);
        (ResultPart Part, VqaExample[] Examples)[] parts = [.. examples.Chunk(plan.PartSize)
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
}
