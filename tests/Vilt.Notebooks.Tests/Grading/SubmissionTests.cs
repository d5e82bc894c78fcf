using System.IO.Compression;
using Vilt.Notebooks.Grading;

namespace Vilt.Notebooks.Tests.Grading;

public sealed class SubmissionTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ada/lesson.ipynb", "ada")]
    [InlineData("ada/course/lesson/lesson.ipynb", "ada")]
    [InlineData("ada.ipynb", "ada")]
    [InlineData("ada_lesson.ipynb", "ada")]
    [InlineData("lesson-ada.ipynb", "ada")]
    [InlineData("Ada Lovelace_1234_assignsubmission_file_/any.ipynb", "Ada Lovelace")]
    [InlineData("Ada Lovelace_1234_assignsubmission_file_any.ipynb", "Ada Lovelace")]
    public void A_student_is_known_by_the_folder_or_the_file(string file, string student)
    {
        folder.Write($"in/{file}", "{}");
        folder.Write("in/bob/lesson.ipynb", "{}");
        folder.Write("in/bob/.ipynb_checkpoints/lesson-checkpoint.ipynb", "{}");
        folder.Write("in/.DS_Store", "");
        var found = Find(folder["in"]);
        Assert.Equal(["ada", "bob"], found.Select(submission => submission.Student.Split(' ')[0].ToLowerInvariant()));
        Assert.Equal(student, found[0].Student);
        Assert.Single(found[1].Files);
    }

    [Fact]
    public void A_zip_around_a_folder_and_zips_in_it_are_opened()
    {
        folder.Write("a/lesson.ipynb", "{}");
        ZipFile.CreateFromDirectory(folder["a"], folder.Write("class/ada.zip", "")[..^4] + ".new");
        File.Move(folder["class/ada.new"], folder["class/ada.zip"], overwrite: true);
        folder.Write("class/bob/lesson.ipynb", "{}");
        folder.Write("class/eve/lesson.ipynb", "{}");
        ZipFile.CreateFromDirectory(folder["class"], folder["class.zip"], CompressionLevel.Fastest, includeBaseDirectory: true);
        Assert.Equal(["ada", "bob", "eve"], Find(folder["class.zip"]).Select(submission => submission.Student));
    }

    [Fact]
    public void A_zip_that_leads_out_of_its_folder_is_refused()
    {
        using (var zip = ZipFile.Open(folder["bad.zip"], ZipArchiveMode.Create))
        {
            zip.CreateEntry("../../out.txt");
        }

        Assert.Contains("leads out of it", Assert.Throws<InvalidDataException>(() => Find(folder["bad.zip"])).Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<Submission> Find(string path) =>
        Submission.Find(path, ["lesson"], Directory.CreateDirectory(folder["scratch"]).FullName);
}
