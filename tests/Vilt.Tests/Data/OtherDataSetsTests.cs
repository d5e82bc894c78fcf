using Vilt.Data;

namespace Vilt.Tests.Data;

/// <summary>Files of VQA v1, OK-VQA, GQA and VizWiz.</summary>
public sealed class OtherDataSetsTests : IDisposable
{
    private const string VizWizPicture = "VizWiz_val_00000012.jpg";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("v2_", "mscoco", "val2014")]
    [InlineData("", "mscoco", "val2014")]
    [InlineData("", "abstract_v002", "train2015")]
    public void Vqa_and_ok_vqa_have_the_same_form_and_need_not_tell_the_most_given_answer(string version, string source, string split)
    {
        folder.Write($"{version}OpenEnded_{source}_{split}_questions.json",
            """{"questions": [{"question_id": 7, "image_id": 12, "question": "What is it for?"}]}""");
        folder.Write($"{version}{source}_{split}_annotations.json", """
            {"annotations": [{"question_id": 7, "image_id": 12, "question_type": "four", "answer_type": "other", "confidence": 3, "answers": [
             {"answer_id": 1, "raw_answer": "racing", "answer": "race", "answer_confidence": "yes"},
             {"answer_id": 2, "raw_answer": "sport", "answer": "sport", "answer_confidence": "no"},
             {"answer_id": 3, "raw_answer": "sports", "answer": "sport", "answer_confidence": "yes"},
             {"answer_id": 4, "raw_answer": "race", "answer": "race", "answer_confidence": "yes"}]}]}
            """);
        Picture(split, "COCO_000000000012.jpg");
        var example = Assert.Single(VqaFolder.Read(folder.Path).Examples);
        Assert.Equal("race", example.Annotation!.MultipleChoiceAnswer);
        Assert.Equal(["race", "sport", "sport", "race"], example.Annotation.Answers.Select(answer => answer.Answer));
    }

    [Fact]
    public void Gqa_has_one_answer_that_counts_as_given_by_all()
    {
        folder.Write("testdev_balanced_questions.json", """
            {"02930152": {"semantic": [{"operation": "select"}], "imageId": "2405722", "question": "Is the sky dark?", "answer": "yes",
              "fullAnswer": "Yes.", "types": {"detailed": "verifyAttr", "semantic": "attr", "structural": "verify"}, "isBalanced": true},
             "07333408": {"imageId": "n161313", "question": "What is on the wall?", "answer": "pipe", "types": {"structural": "query"}},
             "5": {"imageId": "9", "question": "And without an answer?"}}
            """);
        Picture("images", "2405722.jpg");
        Picture("images", "n161313.jpg");
        var read = VqaFolder.Read(folder.Path);
        Assert.Equal([2930152L, 7333408L], read.Examples.Select(example => example.Question.QuestionId));
        Assert.Equal(["verify", "query"], read.Examples.Select(example => example.Annotation!.QuestionType));
        Assert.Equal(["2405722.jpg", "n161313.jpg"], read.Examples.Select(example => Path.GetFileName(example.ImagePath)));
        Assert.Equal([5], read.QuestionsWithoutAnnotation);
        Assert.Equal(100, VqaAccuracy.Score("pipe", read.Examples[1].Annotation!.Answers));
        Assert.Equal(0, VqaAccuracy.Score("pipes", read.Examples[1].Annotation!.Answers));
        Assert.Equal([1.0], SoftLabels.From(read.Examples[0].Annotation!, new AnswerVocabulary(["yes", "no"])).Scores);
    }

    [Fact]
    public void Viz_wiz_names_its_pictures_in_one_list()
    {
        folder.Write("Annotations/val.json", $$"""
            [{"answerable": 1, "image": "{{VizWizPicture}}", "question": "What is this?", "answer_type": "other", "answers": [
             {"answer": "soda", "answer_confidence": "yes"}, {"answer": "coke", "answer_confidence": "maybe"}, {"answer": "coke", "answer_confidence": "yes"}]},
             {"image": "VizWiz_val_00000013.jpg", "question": "And this?"}]
            """);
        Picture("val", VizWizPicture);
        var read = VqaFolder.Read(folder.Path, "val");
        var example = Assert.Single(read.Examples);
        Assert.Equal((12, "coke"), (example.Question.ImageId, example.Annotation!.MultipleChoiceAnswer));
        Assert.Equal([1, 2, 3], example.Annotation.Answers.Select(answer => answer.AnswerId));
        Assert.Equal("maybe", example.Annotation.Answers[1].AnswerConfidence);
        Assert.Equal([13], read.QuestionsWithoutAnnotation);
        Assert.Equal([13], read.QuestionsWithoutImage);
    }

    [Theory]
    [InlineData("val_balanced_questions.json", "", "empty")]
    [InlineData("val_balanced_questions.json", "[]", "expected an object")]
    [InlineData("val_balanced_questions.json", """{"a": {}}""", "a: expected a question id")]
    [InlineData("val_balanced_questions.json", """{"1": 3}""", "1: expected an object")]
    [InlineData("val_balanced_questions.json", """{"1": {"question": "?"}}""", "1: imageId: missing")]
    [InlineData("val_balanced_questions.json", """{"1": {"imageId": "x", "question": "?"}}""", "imageId: expected a number")]
    [InlineData("val_balanced_questions.json", """{"1": {"imageId": "2", "question": "?"}, "01": {"imageId": "2", "question": "?"}}""", "an earlier question has this id too")]
    [InlineData("val_balanced_questions.json", """{"1": {"imageId": "2", "question": "?"}""", "val_balanced_questions.json")]
    [InlineData("Annotations/val.json", "{}", "expected a list")]
    [InlineData("Annotations/val.json", "[3]", "[0]: expected an object")]
    [InlineData("Annotations/val.json", """[{"image": "a.jpg", "question": "?"}]""", "image: expected a name such as")]
    [InlineData("Annotations/val.json", """[{"image": "VizWiz_val_00000012.jpg"}]""", "question: missing")]
    [InlineData("Annotations/val.json", """[{"image": "VizWiz_val_00000012.jpg", "question": "?", "answers": []}]""", "answers: the list is empty")]
    [InlineData("Annotations/val.json",
        """[{"image": "VizWiz_val_00000012.jpg", "question": "?"}, {"image": "VizWiz_val_00000012.jpg", "question": "!"}]""", "[1]: an earlier entry has picture 12 too")]
    [InlineData("Annotations/val.json", """[{"image": "VizWiz_val_00000012.jpg", "question": "?"}] x""", "invalid")]
    public void A_damaged_file_is_named_with_the_place(string file, string content, string expected)
    {
        folder.Write(file, content);
        Picture("images", "2.jpg");
        Picture("val", VizWizPicture);
        var message = Assert.Throws<InvalidDataException>(() => VqaFolder.Read(folder.Path)).Message;
        Assert.Contains(Path.GetFileName(file), message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void The_same_split_of_two_data_sets_is_refused()
    {
        folder.Write("v2_OpenEnded_mscoco_val2014_questions.json", "{}");
        folder.Write("OpenEnded_mscoco_val2014_questions.json", "{}");
        var message = Assert.Throws<InvalidDataException>(() => VqaFolder.Splits(folder.Path)).Message;
        Assert.Contains("val2014 twice", message);
        Assert.Contains("v2_OpenEnded_mscoco_val2014_questions.json", message);
    }

    private void Picture(string inside, string name) => folder.Write(Path.Combine(inside, name), "");
}
