using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Vilt.Data;

/// <summary>The answers that a model's head distinguishes; an answer's id is its place in the head.</summary>
public sealed class AnswerVocabulary
{
    private readonly Dictionary<string, int> ids = [];

    /// <summary>A vocabulary of answers in the order of their ids.</summary>
    /// <exception cref="ArgumentException">There is no answer, or one appears twice.</exception>
    public AnswerVocabulary(IReadOnlyList<string> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count == 0)
        {
            throw new ArgumentException("The vocabulary has no answer: expected at least one.", nameof(answers));
        }

        for (var id = 0; id < answers.Count; id++)
        {
            if (!ids.TryAdd(answers[id], id))
            {
                throw new ArgumentException(
                    $"\"{answers[id]}\" is answer {ids[answers[id]]} and answer {id}: expected each answer once.", nameof(answers));
            }
        }

        Answers = [.. answers];
    }

    /// <summary>The answers in the order of their ids.</summary>
    public IReadOnlyList<string> Answers { get; }

    /// <summary>The number of answers, which is the width of the model's head.</summary>
    public int Count => Answers.Count;

    /// <summary>The answer with this id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is outside the head.</exception>
    public string this[int id] => id >= 0 && id < Count
        ? Answers[id]
        : throw new ArgumentOutOfRangeException(
            nameof(id), id, $"Answer index {id} is outside the head of {Count} answers: expected 0 to {Count - 1}.");

    /// <summary>Reads the answers from <c>id2label</c> of a checkpoint's <c>config.json</c>.</summary>
    /// <param name="path">The file, or the checkpoint's folder.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not JSON, or its <c>id2label</c> does not name answers 0 to n − 1.</exception>
    public static AnswerVocabulary FromConfig(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = Directory.Exists(path) ? Path.Combine(path, "config.json") : path;
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"{file}: no such file; expected a checkpoint's config.json.", file);
        }

        try
        {
            using var stream = File.OpenRead(file);
            return FromLabels(JsonSerializer.Deserialize<Config>(stream)?.id2label);
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{file}: id2label: {problem.Message}", problem);
        }
    }

    /// <summary>The id of an answer.</summary>
    /// <exception cref="KeyNotFoundException">The answer is not in the vocabulary.</exception>
    public int IdOf(string answer) => TryIdOf(answer, out var id)
        ? id
        : throw new KeyNotFoundException($"\"{answer}\" is not one of the {Count} answers that the model knows.");

    /// <summary>Finds the id of an answer; false if it is not in the vocabulary.</summary>
    public bool TryIdOf(string answer, out int id) => ids.TryGetValue(answer, out id);

    private static AnswerVocabulary FromLabels(Dictionary<string, string>? labels)
    {
        if (labels is null)
        {
            throw new JsonException("missing; expected an object from \"0\", \"1\" … to answers. Is this a question-answering checkpoint?");
        }

        var answers = new string[labels.Count];
        for (var id = 0; id < answers.Length; id++)
        {
            answers[id] = labels.GetValueOrDefault($"{id}") ?? throw new JsonException(
                $"no answer with id {id} among {answers.Length}; " +
                $"expected ids \"0\" to \"{answers.Length - 1}\" without a gap, each with a text.");
        }

        return new AnswerVocabulary(answers);
    }

    [SuppressMessage("Performance", "CA1812", Justification = "The serializer makes it.")]
    private sealed record Config(Dictionary<string, string>? id2label);
}
