using System.Text;
using System.Text.Json.Nodes;
using Vilt.Data;

namespace Vilt.Tests.Data;

public class VqaFileTests
{
    private const string Answer = """{"answer": "cat", "answer_confidence": "yes", "answer_id": 1}""";

    private static readonly string QuestionsPath = Directory.GetFiles(Goldens.PathOf("data"), "*questions.json").Single();
    private static readonly string AnnotationsPath = Directory.GetFiles(Goldens.PathOf("data"), "*annotations.json").Single();

    [Fact]
    public void Reads_every_question_as_it_stands()
    {
        var json = JsonNode.Parse(File.ReadAllText(QuestionsPath))!;
        var file = VqaQuestionFile.Read(QuestionsPath);
        Assert.Equal(json["questions"]!.AsArray().Select(Question!), file.Questions);
        Assert.Equal(json.AsObject().Select(field => field.Key), file.Header.Keys);
        Assert.Equal((string)json["task_type"]!, file.Header.TaskType);
        Assert.Equal((string)json["data_type"]!, file.Header.DataType);
        Assert.Equal((string)json["data_subtype"]!, file.Header.DataSubtype);
        Assert.Equal((string)json["info"]!["description"]!, file.Header.Info["description"]);
        Assert.Equal((string)json["license"]!["name"]!, file.Header.License["name"]);
    }

    [Fact]
    public void Reads_every_annotation_as_it_stands()
    {
        var json = JsonNode.Parse(File.ReadAllText(AnnotationsPath))!["annotations"]!.AsArray();
        var annotations = VqaAnnotationFile.Read(AnnotationsPath).Annotations;
        Assert.Equal(json.Count, annotations.Count);
        foreach (var (expected, annotation) in json.Zip(annotations))
        {
            Assert.Equal((long)expected!["question_id"]!, annotation.QuestionId);
            Assert.Equal((long)expected["image_id"]!, annotation.ImageId);
            Assert.Equal((string)expected["question_type"]!, annotation.QuestionType);
            Assert.Equal((string)expected["answer_type"]!, annotation.AnswerType);
            Assert.Equal((string)expected["multiple_choice_answer"]!, annotation.MultipleChoiceAnswer);
            Assert.Equal(expected["answers"]!.AsArray().Select(AnswerOf!), annotation.Answers);
        }
    }

    [Fact]
    public void Reads_a_file_far_larger_than_its_buffer_with_any_text_in_it()
    {
        using var folder = new TemporaryFolder();
        string[] texts = [.. Enumerable.Range(0, 4000).Select(i => $"Is {new string('x', i % 97)} \"é\" 🐘 {i}?\n")];
        texts[1234] = new string('ü', 300_000);
        JsonArray questions = [.. texts.Select((text, id) => new JsonObject
        {
            ["question"] = text, ["question_id"] = id, ["image_id"] = 7, ["more"] = new JsonArray(1, 2),
        })];
        var file = new JsonObject() { ["more"] = new JsonObject(), ["questions"] = questions };
        var path = folder.Write("q.json", "\uFEFF" + file.ToJsonString());
        Assert.Equal(texts, VqaQuestionFile.Read(path).Questions.Select(question => question.Question));
    }

    [Fact]
    public void Gives_equal_answers_one_string()
    {
        VqaAnswer[] answers = [.. VqaAnnotationFile.Read(AnnotationsPath).Annotations.SelectMany(annotation => annotation.Answers)];
        var strings = answers.Select(answer => answer.Answer).Distinct(ReferenceEqualityComparer.Instance).Count();
        Assert.Equal(answers.Select(answer => answer.Answer).Distinct().Count(), strings);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  ", "JSON")]
    [InlineData("[1]", "expected an object, found a list")]
    [InlineData("\u0089PNG", "invalid")]
    [InlineData("{}", "questions: missing; expected a list")]
    [InlineData("""{"annotations": []}""", "questions: missing")]
    [InlineData("""{"questions": {}}""", "questions: expected a list, found an object")]
    [InlineData("""{"questions": [3]}""", "questions[0]: expected an object, found a number")]
    [InlineData("""{"questions": [{"question_id": 1, "image_id": 2}]}""", "questions[0]: question: missing; expected a string")]
    [InlineData("""{"questions": [{"question_id": 1, "question": "?"}]}""", "questions[0]: image_id: missing; expected a whole number")]
    [InlineData("""{"questions": [{"image_id": 1, "question": "?"}]}""", "questions[0]: question_id: missing; expected a whole number")]
    [InlineData("""{"questions": [{"question_id": "1", "image_id": 2, "question": "?"}]}""", "question_id: expected a whole number, found a string")]
    [InlineData("""{"questions": [{"question_id": 1.5, "image_id": 2, "question": "?"}]}""", "question_id: expected a whole number, found a number")]
    [InlineData("""{"questions": [{"question_id": 1, "image_id": 2, "question": null}]}""", "question: expected a string, found null")]
    [InlineData("""{"questions": [{"question_id": 1, "image_id": 2, "question": "\ud800"}]}""", "question: the text is not valid")]
    [InlineData(
        """{"questions": [{"question_id": 5, "image_id": 2, "question": "?"}, {"question_id": 5, "image_id": 2, "question": "?"}]}""",
        "questions[1]: question_id 5 appears earlier too")]
    [InlineData("""{"questions": [{"question_id": 1, "image_id": 2, "question": "?"}""", "questions[1]:")]
    [InlineData("""{"questions": []} x""", "invalid")]
    [InlineData("""{"info": 3, "questions": []}""", "info: expected an object")]
    [InlineData("""{"data_type": 3, "questions": []}""", "data_type: expected a string")]
    public void Names_file_field_and_expectation_of_a_bad_question_file(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("q.json", content);
        var message = Assert.Throws<InvalidDataException>(() => VqaQuestionFile.Read(path)).Message;
        Assert.StartsWith(path, message);
        Assert.Contains(expected, message);
    }

    [Theory]
    [InlineData("", "answers: missing; expected a list")]
    [InlineData(""", "answers": []""", "answers: the list is empty")]
    [InlineData(""", "answers": 3""", "answers: expected a list, found a number")]
    [InlineData($$""", "answers": [{{Answer}}, 3]""", "answers[1]: expected an object, found a number")]
    [InlineData($$""", "answers": [{{Answer}}, {"answer_id": 2}]""", "answers[1]: answer: missing; expected a string")]
    [InlineData($$""", "answers": [{{Answer}}, {"answer": "dog", "answer_id": "2"}]""", "answers[1]: answer_id: expected a whole number")]
    [InlineData($$""", "answers": [{{Answer}}, {"answer": "dog", "answer_id": 3000000000}]""", "answers[1]: answer_id: expected a whole")]
    public void Names_file_field_and_expectation_of_a_bad_annotation(string answers, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.json",
            """{"annotations": [{"question_id": 1, "image_id": 2, "question_type": "is", "answer_type": "other",""" +
            """ "multiple_choice_answer": "cat" """ + answers + "}]}");
        var message = Assert.Throws<InvalidDataException>(() => VqaAnnotationFile.Read(path)).Message;
        Assert.StartsWith($"{path}: annotations[0]: {expected}", message);
    }

    [Fact]
    public void Refuses_a_file_cut_off_at_any_byte()
    {
        using var folder = new TemporaryFolder();
        var whole = Encoding.UTF8.GetBytes("""{"info": {"a": 1}, "questions": [{"question_id": 1, "image_id": 2, "question": "é?"}]}""");
        for (var length = 0; length < whole.Length; length++)
        {
            var path = folder.Write("cut.json", whole[..length]);
            Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => VqaQuestionFile.Read(path)).Message);
        }

        Assert.Single(VqaQuestionFile.Read(folder.Write("cut.json", whole)).Questions);
    }

    [Fact]
    public void Names_a_file_that_is_not_there()
    {
        Assert.Contains("nowhere.json", Assert.Throws<FileNotFoundException>(() => VqaQuestionFile.Read("nowhere.json")).Message);
        Assert.Contains("nowhere.json", Assert.Throws<FileNotFoundException>(() => VqaAnnotationFile.Read("nowhere.json")).Message);
    }

    private static VqaQuestion Question(JsonNode json) =>
        new((long)json["question_id"]!, (long)json["image_id"]!, (string)json["question"]!);

    private static VqaAnswer AnswerOf(JsonNode json) =>
        new((int)json["answer_id"]!, (string)json["answer"]!, (string)json["answer_confidence"]!);
}
