using Vilt.Data;
using static TorchSharp.torch;

namespace Vilt.Results;

/// <summary>A folder of results, for reading.</summary>
public sealed class StoredResults
{
    private readonly string folder;

    /// <param name="folder">A folder that <c>vilt predict</c> or <c>vilt attribute</c> wrote.</param>
    /// <exception cref="FileNotFoundException">It is not one.</exception>
    /// <exception cref="InvalidDataException">What it says about itself can't be read.</exception>
    public StoredResults(string folder)
    {
        (this.folder, Plan, Settings) = (folder, ResultPlan.Read(folder), RunSettings.Read(folder));
    }

    /// <summary>What it is to hold.</summary>
    public ResultPlan Plan { get; }

    /// <summary>What the results depend on.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The command that wrote them.</summary>
    public string Command => Settings.GetValueOrDefault("command", "unknown");

    /// <summary>Looks at every part.</summary>
    /// <param name="thoroughly">Whether to compare contents with checksums, and not only to see what is there.</param>
    public IEnumerable<PartCheck> Check(bool thoroughly) =>
        Enumerable.Range(0, Plan.PartCount).Select(number => Part(number).Check(Plan.QuestionsOf(number), thoroughly));

    /// <summary>The parts, all of which must be complete.</summary>
    /// <exception cref="InvalidDataException">Some are not.</exception>
    public IEnumerable<ResultPart> WholeParts()
    {
        PartCheck[] unfinished = [.. Check(thoroughly: false).Where(part => !part.IsWhole)];
        return unfinished.Length == 0 ? Enumerable.Range(0, Plan.PartCount).Select(Part) : throw new InvalidDataException(
            $"{folder}: {unfinished.Length} of {Plan.PartCount} parts are missing, broken or not complete (vilt results status {folder}).");
    }

    /// <summary>The parts that are there, whole or not.</summary>
    public IEnumerable<ResultPart> Parts() => Enumerable.Range(0, Plan.PartCount).Select(Part).Where(part => part.Exists);

    /// <summary>The rows of a part: <see cref="PredictionRow"/> or <see cref="ExplanationRow"/>, without what only the data set knows.</summary>
    /// <param name="part">The part.</param>
    /// <param name="maskOf">The pixels that decide a question, by its id; null where they are not known.</param>
    /// <exception cref="InvalidDataException">The part is damaged, or the results are of another command.</exception>
    public ResultRow[] Rows(ResultPart part, Func<long, bool[,]?> maskOf)
    {
        using var scope = NewDisposeScope();
        try
        {
            return Command switch
            {
                PredictionRow.Command => [.. PredictionRow.Of(part.Read(), Plan)],
                ExplanationRow.Command => [.. ExplanationRow.Of(part.Read(), part.FileName, Plan, maskOf)],
                var other => throw new InvalidDataException($"{folder} holds results of vilt {other}; only those of vilt predict and vilt attribute have rows."),
            };
        }
        catch (KeyNotFoundException error)
        {
            throw new InvalidDataException($"{folder}, {part.FileName}: {error.Message} Delete it: the command that wrote it makes it again.", error);
        }
    }

    /// <summary>The questions, by their ids, of the data set that the results are about.</summary>
    /// <param name="data">Folder of the data set.</param>
    /// <param name="examples">What is in it.</param>
    /// <exception cref="InvalidDataException">It is another data set.</exception>
    public IReadOnlyDictionary<long, VqaExample> Questions(string data, IReadOnlyList<VqaExample> examples) =>
        ExamplesHash.Of(examples) == Settings.GetValueOrDefault("data")
            ? examples.ToDictionary(example => example.Question.QuestionId)
            : throw new InvalidDataException(
                $"{data} is not what {folder} was made from: its questions, answers or pictures differ. Name the same --data and --split.");

    private ResultPart Part(int number) => new(folder, number);
}
