using Vilt.Notebooks.Grading;

namespace Vilt.Notebooks.Tests.Grading;

public sealed class CsvTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read_and_no_formula_is_left()
    {
        string[][] rows = [["a", "b"], ["x,y", "say \"z\"\nand"], ["=1+1", "@me"], ["", "it's; so"]];
        Csv.Write(folder["t.csv"], rows);
        Assert.Contains("\"'=1+1\",\"'@me\"", File.ReadAllText(folder["t.csv"]), StringComparison.Ordinal);
        Assert.Equal(rows, Csv.Read(folder["t.csv"]));
    }

    [Fact]
    public void Semicolons_of_other_spreadsheets_are_read()
    {
        folder.Write("t.csv", "student;points\nada;1,5\n");
        Assert.Equal([["student", "points"], ["ada", "1,5"]], Csv.Read(folder["t.csv"]));
    }

    [Fact]
    public void A_table_that_breaks_off_is_refused()
    {
        folder.Write("t.csv", "student,points\n\"ada,1\n");
        Assert.Contains("t.csv", Assert.Throws<InvalidDataException>(() => Csv.Read(folder["t.csv"])).Message, StringComparison.Ordinal);
    }
}
