using Vilt.Notebooks.Files;
using Vilt.Notebooks.Grading;

namespace Vilt.Notebooks.Tests.Grading;

public sealed class RestoredNotebookTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A path to the library begins with other steps in each folder, or is whole.</summary>
    [Theory]
    [InlineData("../lib/My.dll", false)]
    [InlineData("../../../../course/lib/My.dll", false)]
    [InlineData("/home/ada/course/lib/My.dll", false)]
    [InlineData("C:/Users/Ada/course/lib/My.dll", false)]
    [InlineData("../lib/Other.dll", true)]
    [InlineData("/home/ada/My.dll", true)]
    public void A_locked_cell_with_another_way_to_the_same_library_was_not_changed(string path, bool isChanged)
    {
        var cells = Classroom.Lesson();
        cells[1]["source"] = "#r \"../lib/My.dll\"";
        var course = CourseNotebook.Read(folder.Notebook("series/notebooks/lesson.ipynb", cells), folder["elsewhere/graded/work/student"]);
        cells[1]["source"] = $"#r \"{path}\"";
        var submitted = Notebook.Read(folder.Notebook("submitted.ipynb", cells));
        var restored = RestoredNotebook.Make(submitted, course, folder["elsewhere/graded/work/ada/lesson.ipynb"]);
        Assert.Equal(isChanged, restored.Notes.Contains("The locked cell given was changed: the original is back."));
        Assert.Contains("series/lib/My.dll", restored.Notebook.Cells.Single(cell => cell.Id == "given").Source, StringComparison.Ordinal);
    }
}
