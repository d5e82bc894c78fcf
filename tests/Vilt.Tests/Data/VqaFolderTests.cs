using Vilt.Data;

namespace Vilt.Tests.Data;

public sealed class VqaFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Finds_the_files_of_the_only_split_by_their_official_names()
    {
        Write("train2014", questionId: 10, annotationId: 10);
        folder.Write("v2_OpenEnded_mscoco_notes.txt", "");
        var read = VqaFolder.Read(folder.Path);
        var example = Assert.Single(read.Examples);
        Assert.Equal(10, example.Annotation!.QuestionId);
        Assert.Equal(Path.Combine(folder.Path, "train2014", "000000000001.png"), example.ImagePath);
    }

    [Fact]
    public void Asks_for_a_choice_between_several_splits_and_takes_it()
    {
        Write("val2014", questionId: 20, annotationId: 20);
        Write("train2014", questionId: 10, annotationId: 10);
        Assert.Equal(["train2014", "val2014"], VqaFolder.Splits(folder.Path).Select(split => split.Name));
        Assert.Contains("several splits: train2014, val2014", Assert.Throws<InvalidDataException>(() => VqaFolder.Read(folder.Path)).Message);
        Assert.Equal(20, Assert.Single(VqaFolder.Read(folder.Path, "val2014").Examples).Question.QuestionId);
    }

    [Fact]
    public void Reports_what_questions_lack()
    {
        Write("val2014", questionId: 20, annotationId: 21);
        File.Delete(Path.Combine(folder.Path, "val2014", "000000000001.png"));
        var read = VqaFolder.Read(folder.Path);
        Assert.Empty(read.Examples);
        Assert.Equal([20], read.QuestionsWithoutAnnotation);
        Assert.Equal([20], read.QuestionsWithoutImage);
    }

    [Fact]
    public void Names_the_file_or_folder_that_is_missing()
    {
        var none = Path.Combine(folder.Path, "none");
        Assert.Contains(none, Assert.Throws<DirectoryNotFoundException>(() => VqaFolder.Read(none)).Message);
        Assert.Contains("has no VQAv2 questions", Assert.Throws<FileNotFoundException>(() => VqaFolder.Read(folder.Path)).Message);
        Assert.Contains("v2_OpenEnded_mscoco_mine_questions.json", Assert.Throws<FileNotFoundException>(() => VqaFolder.Read(folder.Path, "mine")).Message);
        Write("val2014", questionId: 20, annotationId: 20);
        Directory.Delete(Path.Combine(folder.Path, "val2014"), recursive: true);
        Assert.Contains("val2014", Assert.Throws<DirectoryNotFoundException>(() => VqaFolder.Read(folder.Path)).Message);
    }

    private void Write(string split, long questionId, long annotationId)
    {
        folder.Write($"v2_OpenEnded_mscoco_{split}_questions.json",
            $$"""{"questions":[{"question_id":{{questionId}},"image_id":1,"question":"Is it?"}]}""");
        folder.Write($"v2_mscoco_{split}_annotations.json",
            $$"""
            {"annotations":[{"question_id":{{annotationId}},"image_id":1,"question_type":"is it","answer_type":"yes/no",
            "multiple_choice_answer":"yes","answers":[{"answer_id":1,"answer":"yes","answer_confidence":"yes"}]}]}
            """);
        Directory.CreateDirectory(Path.Combine(folder.Path, split));
        folder.Write(Path.Combine(split, "000000000001.png"), "");
    }
}
