using System.Text.Json;
using Vilt.Scenes.Questions;

namespace Vilt.Scenes.Files;

/// <summary>Writes pictures, questions, annotations and masks into a folder, field by field as VQAv2 has them.</summary>
internal sealed class VqaWriter : IDisposable
{
    private readonly string folder;
    private readonly JsonListFile questions, annotations, masks;

    public VqaWriter(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, ZooFiles.Pictures));
        questions = new JsonListFile(Path.Combine(folder, ZooFiles.Questions), "Open-Ended", "questions");
        annotations = new JsonListFile(Path.Combine(folder, ZooFiles.Annotations), null, "annotations");
        masks = new JsonListFile(Path.Combine(folder, ZooFiles.Masks), null, "images");
    }

    public void Add(DrawnPicture picture)
    {
        File.WriteAllBytes(Path.Combine(folder, ZooFiles.Pictures, ZooFiles.PictureName(picture.ImageId)), picture.Rendered.Png);
        for (var number = 0; number < picture.Questions.Count; number++)
        {
            var (question, answers) = picture.Questions[number];
            var id = picture.QuestionId(number);
            questions.Add(json => WriteQuestion(json, picture.ImageId, id, question.Text));
            annotations.Add(json => WriteAnnotation(json, picture.ImageId, id, question, answers));
        }

        masks.Add(json => MaskJson.Write(json, picture));
    }

    public void Complete()
    {
        questions.Complete();
        annotations.Complete();
        masks.Complete();
    }

    public void Dispose()
    {
        questions.Dispose();
        annotations.Dispose();
        masks.Dispose();
    }

    private static void WriteQuestion(Utf8JsonWriter json, long imageId, long questionId, string text)
    {
        json.WriteStartObject();
        json.WriteNumber("image_id", imageId);
        json.WriteString("question", text);
        json.WriteNumber("question_id", questionId);
        json.WriteEndObject();
    }

    private static void WriteAnnotation(
        Utf8JsonWriter json, long imageId, long questionId, Question question, IReadOnlyList<GivenAnswer> answers)
    {
        json.WriteStartObject();
        json.WriteString("question_type", QuestionTypes.QuestionType(question.Kind));
        json.WriteString("multiple_choice_answer", question.Truth);
        json.WriteStartArray("answers");
        for (var i = 0; i < answers.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("answer", answers[i].Answer);
            json.WriteString("answer_confidence", answers[i].Confidence);
            json.WriteNumber("answer_id", i + 1);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("image_id", imageId);
        json.WriteString("answer_type", QuestionTypes.AnswerType(question.Kind));
        json.WriteNumber("question_id", questionId);
        json.WriteEndObject();
    }
}
