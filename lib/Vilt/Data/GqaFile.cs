using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Vilt.Data;

/// <summary>
/// A questions file of GQA (Hudson and Manning 2019; https://cs.stanford.edu/people/dorarad/gqa): an object from question ids to questions,
/// each with one answer. The answer counts as given by ten annotators, so that the official VQA accuracy is 100 for that answer and 0 for
/// any other.
/// </summary>
internal static partial class GqaFile
{
    /// <summary>Reads a file; the annotations are those of the questions that have an answer.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not a GQA questions file, or it is cut short.</exception>
    public static (IReadOnlyList<VqaQuestion> Questions, IReadOnlyList<VqaAnnotation> Annotations) Read(string path)
    {
        List<VqaQuestion> questions = [];
        List<VqaAnnotation> annotations = [];
        var pool = new StringPool();
        HashSet<long> ids = [];
        VqaStream.Read(path, "a GQA questions file", (json, at) =>
        {
            JsonFields.Require(json.Next(out _), JsonTokenType.StartObject);
            while (json.Next(out var key) == JsonTokenType.PropertyName)
            {
                at($"{key}: ");
                var id = long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                    : throw new JsonException("expected a question id, a whole number, for the name.");
                if (!ids.Add(id))
                {
                    throw new JsonException("an earlier question has this id too; expected each id once.");
                }

                var entry = json.Value((ref reader) => Entry(ref reader, pool));
                questions.Add(new(id, entry.ImageId, entry.Question));
                if (entry.Answer is { } answer)
                {
                    annotations.Add(new(id, entry.ImageId, entry.Type, AnswerType(answer), answer, VqaAnnotation.Agreed(answer)));
                }
            }

            at("");
            json.Next(out _); // Throws if anything but the end follows.
        });
        return (questions, annotations);
    }

    /// <summary>The image id of a file name such as <c>2375429.jpg</c>; of <c>n161313.jpg</c>, which GQA has too, it is −161313.</summary>
    public static long? ImageId(string fileName) =>
        FileName().Match(fileName) is { Success: true } match ? IdOf(match.Groups["id"].Value) : null;

    private static long? IdOf(string text) =>
        long.TryParse(text.StartsWith('n') ? $"-{text[1..]}" : text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string AnswerType(string answer) => answer is "yes" or "no" ? "yes/no" : "other";

    private static (long ImageId, string Question, string? Answer, string Type) Entry(ref Utf8JsonReader json, StringPool pool)
    {
        JsonFields.Require(json.TokenType, JsonTokenType.StartObject);
        string? image = null, question = null, answer = null, type = null;
        while (JsonFields.NextField(ref json))
        {
            if (json.ValueTextEquals("imageId"u8))
            {
                image = JsonFields.Text(ref json, "imageId");
            }
            else if (json.ValueTextEquals("question"u8))
            {
                question = JsonFields.Text(ref json, "question");
            }
            else if (json.ValueTextEquals("answer"u8))
            {
                answer = JsonFields.Text(ref json, "answer", pool);
            }
            else if (json.ValueTextEquals("types"u8))
            {
                type = Structure(ref json, pool);
            }
            else
            {
                JsonFields.Skip(ref json);
            }
        }

        var id = IdOf(image ?? throw JsonFields.Missing("imageId", JsonFields.String));
        return (id ?? throw new JsonException($"imageId: expected a number such as \"2375429\", found \"{image}\"."),
            question ?? throw JsonFields.Missing("question", JsonFields.String), answer, type ?? "any");
    }

    // How the question is built: query, verify, choose, compare or logical.
    private static string? Structure(ref Utf8JsonReader json, StringPool pool)
    {
        json.Read();
        JsonFields.Require(json.TokenType, JsonTokenType.StartObject);
        string? structure = null;
        while (JsonFields.NextField(ref json))
        {
            if (json.ValueTextEquals("structural"u8))
            {
                structure = JsonFields.Text(ref json, "types.structural", pool);
            }
            else
            {
                JsonFields.Skip(ref json);
            }
        }

        return structure;
    }

    [GeneratedRegex(@"\A(?<id>n?[0-9]+)\.(?:jpg|png)\z")]
    private static partial Regex FileName();
}
