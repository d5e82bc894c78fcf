using System.Text.Json;

namespace Vilt.Data;

/// <summary>A VQAv2 annotations file, such as <c>v2_mscoco_val2014_annotations.json</c>, or one of VQA v1 or OK-VQA.</summary>
public sealed class VqaAnnotationFile
{
    private VqaAnnotationFile(VqaFileHeader header, IReadOnlyList<VqaAnnotation> annotations) =>
        (Header, Annotations) = (header, annotations);

    /// <summary>What the file says about itself.</summary>
    public VqaFileHeader Header { get; }

    /// <summary>The annotations in the order of the file.</summary>
    public IReadOnlyList<VqaAnnotation> Annotations { get; }

    /// <summary>Reads a file piece by piece; it is never in memory as a whole, and equal answers share one string.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not an annotations file, is cut short, or repeats a question id.</exception>
    public static VqaAnnotationFile Read(string path)
    {
        var pool = new StringPool();
        var (header, annotations) = VqaFile.Read(
            path, "annotations", (ref Utf8JsonReader json) => Annotation(ref json, pool), annotation => annotation.QuestionId);
        return new VqaAnnotationFile(header, annotations);
    }

    private static VqaAnnotation Annotation(ref Utf8JsonReader json, StringPool pool)
    {
        JsonFields.Require(json.TokenType, JsonTokenType.StartObject);
        long? questionId = null;
        long? imageId = null;
        string? questionType = null;
        string? answerType = null;
        string? mostGiven = null;
        VqaAnswer[]? answers = null;
        while (JsonFields.NextField(ref json))
        {
            if (json.ValueTextEquals("question_id"u8))
            {
                questionId = JsonFields.Integer(ref json, "question_id");
            }
            else if (json.ValueTextEquals("image_id"u8))
            {
                imageId = JsonFields.Integer(ref json, "image_id");
            }
            else if (json.ValueTextEquals("question_type"u8))
            {
                questionType = JsonFields.Text(ref json, "question_type", pool);
            }
            else if (json.ValueTextEquals("answer_type"u8))
            {
                answerType = JsonFields.Text(ref json, "answer_type", pool);
            }
            else if (json.ValueTextEquals("multiple_choice_answer"u8))
            {
                mostGiven = JsonFields.Text(ref json, "multiple_choice_answer", pool);
            }
            else if (json.ValueTextEquals("answers"u8))
            {
                answers = Answers(ref json, pool);
            }
            else
            {
                JsonFields.Skip(ref json);
            }
        }

        return new VqaAnnotation(
            questionId ?? throw JsonFields.Missing("question_id", JsonFields.WholeNumber),
            imageId ?? throw JsonFields.Missing("image_id", JsonFields.WholeNumber),
            questionType ?? throw JsonFields.Missing("question_type", JsonFields.String),
            answerType ?? throw JsonFields.Missing("answer_type", JsonFields.String),
            mostGiven ?? VqaAnnotation.MostGiven(answers ?? throw JsonFields.Missing("answers", JsonFields.List)), // OK-VQA does not say
            answers ?? throw JsonFields.Missing("answers", JsonFields.List));
    }

    /// <summary>Reads the annotators' answers to one question.</summary>
    /// <param name="json">Just before the list.</param>
    /// <param name="pool">Gives equal answers one string.</param>
    /// <param name="idsNeeded">
    /// Whether an answer must have its <c>answer_id</c>; otherwise its place in the list, from 1, serves as one.
    /// </param>
    internal static VqaAnswer[] Answers(ref Utf8JsonReader json, StringPool pool, bool idsNeeded = true)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw JsonFields.Unexpected(ref json, "answers", JsonFields.List);
        }

        var answers = new List<VqaAnswer>(10);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            try
            {
                answers.Add(Answer(ref json, pool, idsNeeded ? null : answers.Count + 1));
            }
            catch (JsonException problem)
            {
                throw new JsonException($"answers[{answers.Count}]: {problem.Message}", problem);
            }
        }

        return answers.Count > 0 ? [.. answers] : throw new JsonException("answers: the list is empty; expected at least one answer.");
    }

    private static VqaAnswer Answer(ref Utf8JsonReader json, StringPool pool, int? id)
    {
        JsonFields.Require(json.TokenType, JsonTokenType.StartObject);
        string? answer = null;
        var confidence = "";
        while (JsonFields.NextField(ref json))
        {
            if (json.ValueTextEquals("answer_id"u8))
            {
                id = JsonFields.SmallInteger(ref json, "answer_id");
            }
            else if (json.ValueTextEquals("answer"u8))
            {
                answer = JsonFields.Text(ref json, "answer", pool);
            }
            else if (json.ValueTextEquals("answer_confidence"u8))
            {
                confidence = JsonFields.Text(ref json, "answer_confidence", pool);
            }
            else
            {
                JsonFields.Skip(ref json);
            }
        }

        return new VqaAnswer(
            id ?? throw JsonFields.Missing("answer_id", JsonFields.WholeNumber),
            answer ?? throw JsonFields.Missing("answer", JsonFields.String),
            confidence);
    }
}
