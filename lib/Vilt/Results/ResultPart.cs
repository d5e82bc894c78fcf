using System.IO.Hashing;
using System.Text;
using Vilt.Checkpoints;
using Vilt.Data;
using static TorchSharp.torch;

namespace Vilt.Results;

/// <summary>
/// One file of results. Tensors with a period in their names belong to one question; the others have a row for each, in the questions'
/// order.
/// </summary>
/// <param name="folder">The results' folder.</param>
/// <param name="number">Which part, from 0.</param>
public sealed class ResultPart(string folder, int number)
{
    private const string Answered = "question_id", Unreadable = "unreadable_question_id", Checksum = "xxh128";

    private readonly string path = PathOf(folder, number);

    /// <summary>Where a part lies.</summary>
    public static string PathOf(string folder, int number) => Path.Combine(folder, $"part-{number:D5}.safetensors");

    /// <summary>Whether it has been written.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>The name of its file.</summary>
    public string FileName => Path.GetFileName(path);

    /// <summary>Where the table of its pictures that can't be read lies, if there are any.</summary>
    public string ErrorFile => Path.ChangeExtension(path, ".errors.csv");

    /// <summary>How many of the first of these examples are done: answered, or skipped because their pictures can't be read.</summary>
    public (int Answered, int Unreadable) There(VqaExample[] wanted)
    {
        if (!Exists)
        {
            return (0, 0);
        }

        try
        {
            using var file = Safetensors.Open(path);
            HashSet<long> answered = [.. Ids(file, Answered)], unreadable = [.. SkippedIds(file)];
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
            UnreadablePicture.Append(ErrorFile, passed);
        }

        if (isBegun)
        {
            Join(all);
        }

        Safetensors.Write(path, all, new Dictionary<string, string> { ["format"] = "pt", [Checksum] = HashOf(all) });
        return passed.Length;
    }

    /// <summary>Sees what is there.</summary>
    /// <param name="expected">How many questions it is to have.</param>
    /// <param name="thoroughly">Whether to compare the contents with their checksum.</param>
    public PartCheck Check(int expected, bool thoroughly)
    {
        if (!Exists)
        {
            return new(number, expected, 0, 0);
        }

        try
        {
            using var scope = NewDisposeScope();
            using var file = Safetensors.Open(path);
            if (thoroughly && file.Metadata.GetValueOrDefault(Checksum) != HashOf(file.Names.ToDictionary(name => name, name => file.Read(name))))
            {
                throw new InvalidDataException($"{path} is damaged: its contents don't match its checksum.");
            }

            return new(number, expected, Ids(file, Answered).Length, SkippedIds(file).Length);
        }
        catch (Exception error) when (error is InvalidDataException or KeyNotFoundException)
        {
            return new(number, expected, 0, 0, error.Message);
        }
    }

    /// <summary>Reads it, in the current dispose scope.</summary>
    public IReadOnlyDictionary<string, Tensor> Read()
    {
        using var file = Safetensors.Open(path);
        return file.Names.ToDictionary(name => name, name => file.Read(name));
    }

    /// <summary>Ids of the questions that were skipped, because their pictures can't be read.</summary>
    public long[] SkippedIds()
    {
        using var file = Safetensors.Open(path);
        return SkippedIds(file);
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

    private static long[] SkippedIds(SafetensorsFile file) => file.Contains(Unreadable) ? Ids(file, Unreadable) : [];

    private static string HashOf(IReadOnlyDictionary<string, Tensor> tensors)
    {
        var hash = new XxHash128();
        foreach (var (name, tensor) in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.Append(Encoding.UTF8.GetBytes($"{name} {tensor.dtype} [{string.Join(',', tensor.shape)}]\n"));
            hash.Append(tensor.numel() > 0 ? tensor.bytes : []);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
