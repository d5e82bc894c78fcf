using Vilt.Data;

namespace Vilt.Tests.Data;

public sealed class VqaExamplesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ImageIndex images;

    public VqaExamplesTests()
    {
        foreach (var id in new[] { 1, 2, 3 })
        {
            folder.Write($"COCO_val2014_{id:D12}.jpg", "");
        }

        images = ImageIndex.FromFolder(folder.Path);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pairs_by_question_id_in_the_order_of_the_questions()
    {
        var paired = VqaExamples.Pair([Question(20, 2), Question(10, 1)], [Annotation(10, 1), Annotation(20, 2)], images);
        Assert.Equal([20, 10], paired.Examples.Select(example => example.Question.QuestionId));
        Assert.All(paired.Examples, example => Assert.Equal(example.Question.QuestionId, example.Annotation!.QuestionId));
        Assert.All(paired.Examples, example => Assert.Equal(images.PathOf(example.Question.ImageId), example.ImagePath));
        Assert.Empty(paired.QuestionsWithoutAnnotation);
        Assert.Empty(paired.QuestionsWithoutImage);
    }

    [Fact]
    public void Leaves_out_and_reports_questions_without_annotation_or_picture()
    {
        var paired = VqaExamples.Pair(
            [Question(10, 1), Question(20, 2), Question(30, 99), Question(40, 99)], [Annotation(10, 1), Annotation(30, 99)], images);
        Assert.Equal([10], paired.Examples.Select(example => example.Question.QuestionId));
        Assert.Equal([20, 40], paired.QuestionsWithoutAnnotation);
        Assert.Equal([30, 40], paired.QuestionsWithoutImage);
    }

    [Fact]
    public void Takes_the_questions_of_a_test_set_without_annotations()
    {
        var paired = VqaExamples.Pair([Question(10, 1)], null, images);
        Assert.Null(paired.Examples.Single().Annotation);
        Assert.Empty(paired.QuestionsWithoutAnnotation);
    }

    [Fact]
    public void Finds_the_picture_about_which_people_gave_most_of_some_answers()
    {
        var paired = VqaExamples.Pair(
            [Question(10, 1), Question(20, 2), Question(21, 2), Question(30, 3), Question(31, 3)],
            [Annotation(10, 1, "zebra"), Annotation(20, 2, "zebra"), Annotation(21, 2, "2"), Annotation(30, 3, "2"), Annotation(31, 3, "zoo")], images);
        Assert.Equal(images.PathOf(1), paired.PictureAbout("zebra"));
        Assert.Equal(images.PathOf(2), paired.PictureAbout("zebra", "zoo", "2"));
        Assert.Contains("elephant", Assert.Throws<InvalidDataException>(() => paired.PictureAbout("elephant", "2")).Message);
    }

    [Fact]
    public void Refuses_repeated_ids_and_files_that_do_not_belong_together()
    {
        AssertRefused<ArgumentException>("id 10 appears twice in the questions", [Question(10, 1), Question(10, 2)], []);
        AssertRefused<ArgumentException>("id 10 appears twice in the annotations", [], [Annotation(10, 1), Annotation(10, 1)]);
        AssertRefused<InvalidDataException>("Question 10 is about picture 1", [Question(10, 1)], [Annotation(10, 2)]);
    }

    private void AssertRefused<T>(string expected, VqaQuestion[] questions, VqaAnnotation[] annotations) where T : Exception =>
        Assert.Contains(expected, Assert.Throws<T>(() => VqaExamples.Pair(questions, annotations, images)).Message);

    private static VqaQuestion Question(long id, long image) => new(id, image, "What is it?");

    private static VqaAnnotation Annotation(long id, long image, string answer = "cat") =>
        new(id, image, "what is", "other", answer, [new VqaAnswer(1, answer, "yes")]);
}
