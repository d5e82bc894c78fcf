using System.Text.Json;

namespace Vilt.Data;

/// <summary>A VQAv2 questions file, such as <c>v2_OpenEnded_mscoco_val2014_questions.json</c>.</summary>
public sealed class VqaQuestionFile
{
    private VqaQuestionFile(VqaFileHeader header, IReadOnlyList<VqaQuestion> questions) => (Header, Questions) = (header, questions);

    /// <summary>What the file says about itself.</summary>
    public VqaFileHeader Header { get; }

    /// <summary>The questions in the order of the file.</summary>
    public IReadOnlyList<VqaQuestion> Questions { get; }

    /// <summary>Reads a file piece by piece; it is never in memory as a whole.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a questions file, is cut short, or repeats a question id.</exception>
    public static VqaQuestionFile Read(string path)
    {
        var (header, questions) = VqaFile.Read(path, "questions", Question, question => question.QuestionId);
        return new VqaQuestionFile(header, questions);
    }

    private static VqaQuestion Question(ref Utf8JsonReader json)
    {
        JsonFields.Require(json.TokenType, JsonTokenType.StartObject);
        long? questionId = null;
        long? imageId = null;
        string? question = null;
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
            else if (json.ValueTextEquals("question"u8))
            {
                question = JsonFields.Text(ref json, "question");
            }
            else
            {
                JsonFields.Skip(ref json);
            }
        }

        return new VqaQuestion(
            questionId ?? throw JsonFields.Missing("question_id", JsonFields.WholeNumber),
            imageId ?? throw JsonFields.Missing("image_id", JsonFields.WholeNumber),
            question ?? throw JsonFields.Missing("question", JsonFields.String));
    }
}
