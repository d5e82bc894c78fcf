using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Vilt.Data;

/// <summary>
/// An annotations file of VizWiz (Gurari et al. 2018; https://vizwiz.org): a list of pictures' names with one question each and ten answers,
/// which a test set lacks. A question's id is the number of its picture.
/// </summary>
internal static partial class VizWizFile
{
    /// <summary>Reads a file; the annotations are those of the questions that have answers.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not a VizWiz annotations file, or it is cut short.</exception>
    public static (IReadOnlyList<VqaQuestion> Questions, IReadOnlyList<VqaAnnotation> Annotations) Read(string path)
    {
        List<VqaQuestion> questions = [];
        List<VqaAnnotation> annotations = [];
        var pool = new StringPool();
        HashSet<long> ids = [];
        VqaStream.Read(path, "a VizWiz annotations file", (json, at) =>
        {
            JsonFields.Require(json.Next(out _), JsonTokenType.StartArray);
            at("[0]: ");
            while (json.TryElement((ref reader) => Entry(ref reader, pool), out var entry))
            {
                if (!ids.Add(entry.Question.ImageId))
                {
                    throw new JsonException($"an earlier entry has picture {entry.Question.ImageId} too; expected each picture once.");
                }

                questions.Add(entry.Question);
                if (entry.Annotation is not null)
                {
                    annotations.Add(entry.Annotation);
                }

                at($"[{questions.Count.ToString(CultureInfo.InvariantCulture)}]: ");
            }

            at("");
            json.Next(out _); // Throws if anything but the end follows.
        });
        return (questions, annotations);
    }

    /// <summary>The image id of a file name such as <c>VizWiz_val_00000012.jpg</c>.</summary>
    public static long? ImageId(string fileName) => FileName().Match(fileName) is { Success: true } match
        ? long.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static (VqaQuestion Question, VqaAnnotation? Annotation) Entry(ref Utf8JsonReader json, StringPool pool)
    {
        JsonFields.Require(json.TokenType, JsonTokenType.StartObject);
        string? image = null, question = null, answerType = null;
        VqaAnswer[]? answers = null;
        while (JsonFields.NextField(ref json))
        {
            if (json.ValueTextEquals("image"u8))
            {
                image = JsonFields.Text(ref json, "image");
            }
            else if (json.ValueTextEquals("question"u8))
            {
                question = JsonFields.Text(ref json, "question");
            }
            else if (json.ValueTextEquals("answer_type"u8))
            {
                answerType = JsonFields.Text(ref json, "answer_type", pool);
            }
            else if (json.ValueTextEquals("answers"u8))
            {
                answers = VqaAnnotationFile.Answers(ref json, pool, idsNeeded: false);
            }
            else
            {
                JsonFields.Skip(ref json);
            }
        }

        var id = ImageId(image ?? throw JsonFields.Missing("image", JsonFields.String))
            ?? throw new JsonException($"image: expected a name such as VizWiz_val_00000012.jpg, found \"{image}\".");
        var asked = new VqaQuestion(id, id, question ?? throw JsonFields.Missing("question", JsonFields.String));
        return (asked, answers is null ? null
            : new(id, id, "any", answerType ?? "other", VqaAnnotation.MostGiven(answers), answers));
    }

    [GeneratedRegex(@"\A.*_([0-9]{8})\.(?:jpg|png)\z")]
    private static partial Regex FileName();
}
