using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Vilt.Data;

/// <summary>Tells data sets apart by what is in them, not by where they are.</summary>
public static class ExamplesHash
{
    /// <summary>
    /// A hash of questions, answers and picture names in their order, and of the picture sizes if all of them are there and not
    /// fetched when they are asked for. Pictures are not read: a picture that was replaced by another of the same size in bytes is not
    /// noticed.
    /// </summary>
    /// <param name="examples">The examples.</param>
    /// <returns>32 hexadecimal digits (XXH128).</returns>
    public static string Of(IEnumerable<VqaExample> examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        var hash = new XxHash128();
        foreach (var example in examples)
        {
            Add(hash, example);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static void Add(XxHash128 hash, VqaExample example)
    {
        Add(hash, example.Question.QuestionId);
        Add(hash, example.Question.ImageId);
        Add(hash, example.Question.Question);
        Add(hash, example.Annotation?.Answers.Count ?? -1);
        foreach (var answer in example.Annotation?.Answers ?? [])
        {
            Add(hash, answer.AnswerId);
            Add(hash, answer.Answer);
        }

        Add(hash, example.Annotation?.QuestionType ?? "");
        Add(hash, Path.GetFileName(example.ImagePath));
        Add(hash, example.Images is null && new FileInfo(example.ImagePath) is { Exists: true } picture ? picture.Length : -1);
    }

    private static void Add(XxHash128 hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.Append(bytes);
    }

    // The length first, so that no two lists of texts give the same bytes.
    private static void Add(XxHash128 hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.Append(bytes);
    }
}
