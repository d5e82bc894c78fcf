using Vilt.Checkpoints;
using Vilt.Data;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Results;

/// <summary>
/// One file of results. Tensors with a period in their names belong to one question; the others have a row for each, in the questions'
/// order.
/// </summary>
/// <param name="folder">The results' folder.</param>
/// <param name="number">Which part, from 0.</param>
internal sealed class ResultPart(string folder, int number)
{
    private const string Answered = "question_id", Unreadable = "unreadable_question_id";

    private readonly string path = PathOf(folder, number);

    /// <summary>Where a part lies.</summary>
    public static string PathOf(string folder, int number) => Path.Combine(folder, $"part-{number:D5}.safetensors");

    /// <summary>How many of the first of these examples are done: answered, or skipped because their pictures can't be read.</summary>
    public (int Answered, int Unreadable) There(VqaExample[] wanted)
    {
        if (!File.Exists(path))
        {
            return (0, 0);
        }

        try
        {
            using var file = Safetensors.Open(path);
            HashSet<long> answered = [.. Ids(file, Answered)], unreadable = [.. file.Contains(Unreadable) ? Ids(file, Unreadable) : []];
            long[] done = [.. wanted.Select(example => example.Question.QuestionId)
                .TakeWhile(id => answered.Contains(id) || unreadable.Contains(id))];
            return (done.Count(answered.Contains), done.Count(unreadable.Contains));
        }
        catch (Exception error) when (error is InvalidDataException or KeyNotFoundException)
        {
            return (0, 0); // It can't be read, and is computed again.
        }
    }

    /// <summary>Adds results to those already there.</summary>
    /// <param name="results">The results of the first of the examples that can be read.</param>
    /// <param name="examples">The examples that follow those that are there.</param>
    /// <param name="broken">The examples whose pictures can't be read.</param>
    /// <param name="isBegun">Whether any are there.</param>
    /// <returns>How many of the broken ones were skipped: all, or those before the first example still to do.</returns>
    public int Add(
        IReadOnlyDictionary<string, Tensor> results, VqaExample[] examples, IReadOnlyList<UnreadablePicture> broken, bool isBegun)
    {
        var answered = (int)results[Answered].shape[0];
        var left = examples.Except(broken.Select(one => one.Example)).ElementAtOrDefault(answered); // the first still to do
        var end = left is null ? examples.Length : Array.IndexOf(examples, left);
        UnreadablePicture[] passed = [.. broken.TakeWhile(one => Array.IndexOf(examples, one.Example) < end)];
        var all = results.ToDictionary();
        if (passed.Length > 0)
        {
            all[Unreadable] = tensor(passed.Select(one => one.Example.Question.QuestionId).ToArray());
            UnreadablePicture.Append(Path.ChangeExtension(path, ".errors.csv"), passed);
        }

        if (isBegun)
        {
            Join(all);
        }

        Safetensors.Write(path, all);
        return passed.Length;
    }

    private void Join(Dictionary<string, Tensor> all)
    {
        using var file = Safetensors.Open(path);
        foreach (var name in file.Names)
        {
            var there = file.Read(name);
            all[name] = all.TryGetValue(name, out var more) ? cat([there, more]) : there;
        }
    }

    private static long[] Ids(SafetensorsFile file, string name)
    {
        using var ids = file.Read(name); // (N)
        return ids.data<long>().ToArray();
    }
}
