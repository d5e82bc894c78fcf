using System.Text.Json;
using Vilt.Scenes.Questions;

namespace Vilt.Scenes.Files;

/// <summary>Writes pictures, questions, annotations and masks into a folder, field by field as VQAv2 has them.</summary>
internal sealed class VqaWriter : IDisposable
{
    private readonly string _folder;
    private readonly JsonListFile _questions, _annotations, _masks;

    public VqaWriter(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, ZooFiles.Pictures));
        _questions = new JsonListFile(Path.Combine(folder, ZooFiles.Questions), "Open-Ended", "questions");
        _annotations = new JsonListFile(Path.Combine(folder, ZooFiles.Annotations), null, "annotations");
        _masks = new JsonListFile(Path.Combine(folder, ZooFiles.Masks), null, "images");
    }

    public void Add(DrawnPicture picture)
    {
        File.WriteAllBytes(Path.Combine(_folder, ZooFiles.Pictures, ZooFiles.PictureName(picture.ImageId)), picture.Rendered.Png);
        for (int number = 0; number < picture.Questions.Count; number++)
        {
            (Question question, IReadOnlyList<GivenAnswer> answers) = picture.Questions[number];
            long id = picture.QuestionId(number);
            _questions.Add(json => WriteQuestion(json, picture.ImageId, id, question.Text));
            _annotations.Add(json => WriteAnnotation(json, picture.ImageId, id, question, answers));
        }
        _masks.Add(json => MaskJson.Write(json, picture));
    }

    public void Complete()
    {
        _questions.Complete();
        _annotations.Complete();
        _masks.Complete();
    }

    public void Dispose()
    {
        _questions.Dispose();
        _annotations.Dispose();
        _masks.Dispose();
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
        for (int i = 0; i < answers.Count; i++)
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
