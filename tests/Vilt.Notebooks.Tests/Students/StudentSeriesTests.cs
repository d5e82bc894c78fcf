using System.Text.Json.Nodes;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Running;
using Vilt.Notebooks.Students;

namespace Vilt.Notebooks.Tests.Students;

/// <summary>What a student opens, <c>notebooks</c>, is made of the sources in <c>notebooks/solutions</c>.</summary>
public sealed class StudentSeriesTests : IDisposable
{
    private static readonly string Students = Path.Combine(Series.Root()!, "notebooks");

    private readonly TestFolder folder = new();

    public static TheoryData<string> Names => [.. Series.Find([]).Select(path => Path.GetFileName(path))];

    public void Dispose() => folder.Dispose();

    /// <summary>If it fails, make them anew: <c>vilt student --out notebooks --force</c>.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_students_notebook_is_the_copy_of_its_source(string name)
    {
        StudentCopy.Make(Source(name), Students).Write(folder[name]);
        Assert.Equal(File.ReadAllText(folder[name]), File.ReadAllText(Path.Combine(Students, name)));
    }

    [Fact]
    public void Each_has_a_source() => Assert.Equal(Names.Select(name => name.Data), Series.Find([Students], except: Path.Combine(Students, "solutions")).Select(path => Path.GetFileName(path)));

    /// <summary>nbgrader refuses a solution in a cell that is not marked as one, and an id that stands twice.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_graded_is_marked_for_nbgrader(string name)
    {
        var cells = Notebook.Read(Source(name)).Cells;
        List<string> ids = [];
        foreach (var cell in cells)
        {
            var mark = cell.Metadata["nbgrader"] as JsonObject;
            Assert.Equal(cell.Source.Contains("BEGIN SOLUTION", StringComparison.Ordinal), Is(mark, "solution"));
            if (mark is not null)
            {
                ids.Add(mark["grade_id"]!.ToString());
                Assert.Equal(3, (int)mark["schema_version"]!);
                Assert.False(Is(mark, "task"));
                Assert.NotEqual(Is(mark, "solution"), Is(mark, "locked"));
                Assert.Equal(Is(mark, "grade"), mark["points"] is not null);
            }
        }

        Assert.Equal(ids.Distinct(), ids);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exercise_is_declared_done_and_checked_in_three_cells(string name)
    {
        var cells = Notebook.Read(Source(name)).Cells;
        foreach (var (cell, i) in cells.Select((cell, i) => (cell, i)).Where(found => found.cell.IsCode && GradeId(found.cell) is { } id && Is(Mark(found.cell), "solution")))
        {
            Assert.Equal(GradeId(cell) + "-given", GradeId(cells[i - 1]));
            Assert.Equal(GradeId(cell) + "-check", GradeId(cells[i + 1]));
            Assert.True(Is(Mark(cells[i + 1]), "grade"));
        }
    }

    private static string Source(string name) => Path.Combine(Students, "solutions", name);

    private static JsonObject? Mark(NotebookCell cell) => cell.Metadata["nbgrader"] as JsonObject;

    private static string? GradeId(NotebookCell cell) => Mark(cell)?["grade_id"]?.ToString();

    private static bool Is(JsonObject? mark, string field) => mark is not null && (bool)mark[field]!;
}
