using System.Text.RegularExpressions;

namespace Vilt.Scenes.Tests;

public class FormatTests(DrawnZoo zoo)
{
    [Fact]
    public void Headers_have_the_fields_of_VQAv2()
    {
        string[] shared = ["info", "data_type", "license", "data_subtype"];
        var questions = zoo.Json("v2_OpenEnded_mscoco_val2014_questions.json");
        var annotations = zoo.Json("v2_mscoco_val2014_annotations.json");
        Assert.Equal([.. shared.Append("task_type").Append("questions").Order()], questions.Select(field => field.Key).Order());
        Assert.Equal([.. shared.Append("annotations").Order()], annotations.Select(field => field.Key).Order());
        Assert.Equal("val2014", (string)questions["data_subtype"]!);
    }

    [Fact]
    public void Records_have_the_fields_of_VQAv2()
    {
        var question = zoo.Json("v2_OpenEnded_mscoco_val2014_questions.json")["questions"]![0]!.AsObject();
        var annotation = zoo.Json("v2_mscoco_val2014_annotations.json")["annotations"]![0]!.AsObject();
        Assert.Equal(["image_id", "question", "question_id"], question.Select(field => field.Key).Order());
        Assert.Equal(["answer_type", "answers", "image_id", "multiple_choice_answer", "question_id", "question_type"],
            annotation.Select(field => field.Key).Order());
        Assert.Equal(["answer", "answer_confidence", "answer_id"],
            annotation["answers"]![0]!.AsObject().Select(field => field.Key).Order());
    }

    [Fact]
    public void Every_question_has_ten_answers_numbered_from_1()
    {
        var annotations = zoo.Json("v2_mscoco_val2014_annotations.json")["annotations"]!.AsArray();
        Assert.All(annotations, annotation =>
        {
            var answers = annotation!["answers"]!.AsArray();
            Assert.Equal(Enumerable.Range(1, 10), answers.Select(answer => (int)answer!["answer_id"]!));
            Assert.All(answers, answer => Assert.Contains((string)answer!["answer_confidence"]!, (string[])["yes", "maybe", "no"]));
        });
    }

    [Fact]
    public void The_multiple_choice_answer_is_the_most_frequent_one() => Assert.All(zoo.First, record =>
        Assert.Equal(record.Truth, record.Answers.GroupBy(answer => answer).MaxBy(group => group.Count())!.Key));

    [Fact]
    public void All_answers_stand_in_the_answer_list()
    {
        Assert.Equal(Zoo.Answers.Count, Zoo.Answers.Distinct().Count());
        Assert.Empty(zoo.First.SelectMany(record => record.Answers).Except(Zoo.Answers));
    }

    [Theory]
    [InlineData("elephant")]
    [InlineData("zebra")]
    [InlineData("cat")]
    [InlineData("gray")]
    [InlineData("white and brown")]
    [InlineData("black and white")]
    [InlineData("blue")]
    [InlineData("2")]
    [InlineData("zoo")]
    public void The_answers_of_the_lesson_can_be_given(string answer) => Assert.Contains(answer, Zoo.Answers);

    [Fact]
    public void Answer_types_fit_the_answers() => Assert.All(zoo.First, record => Assert.Equal(record.AnswerType, record.Truth switch
    {
        "yes" or "no" => "yes/no",
        _ when int.TryParse(record.Truth, out var _) => "number",
        _ => "other",
    }));

    [Fact]
    public void Picture_names_carry_the_image_id()
    {
        var rule = new Regex(@"^.*(\d{12})\.((jpg)|(png))$");
        string[] names = [.. Directory.GetFiles(Path.Combine(zoo.Folder, "val2014")).Select(path => Path.GetFileName(path)).Order()];
        Assert.Equal(Enumerable.Range(1, DrawnZoo.Pictures), names.Select(name => int.Parse(rule.Match(name).Groups[1].Value)));
        Assert.Equal(names, zoo.Masks.Pictures.Select(picture => picture.FileName));
    }

    [Fact]
    public void Question_ids_are_the_image_id_times_1000_and_a_number()
    {
        foreach (var picture in zoo.First.GroupBy(record => record.ImageId))
        {
            Assert.InRange(picture.Count(), 3, 4);
            Assert.Equal(Enumerable.Range(0, picture.Count()).Select(k => picture.Key * 1000 + k),
                picture.Select(record => record.QuestionId));
        }
    }

    [Fact]
    public void Sizes_vary_and_fit_patches_of_16_at_a_shorter_side_of_128()
    {
        Assert.All(zoo.Masks.Pictures, picture =>
        {
            int shorter = Math.Min(picture.Width, picture.Height), longer = Math.Max(picture.Width, picture.Height);
            Assert.Equal(0, longer * 128 % (shorter * 16));
            Assert.InRange(longer * 128 / shorter, 128, 208);
        });
        Assert.True(zoo.Masks.Pictures.Select(picture => (picture.Width, picture.Height)).Distinct().Count() > 20);
    }
}
