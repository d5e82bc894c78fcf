using Vilt.Notebooks.Students;

namespace Vilt.Notebooks.Tests.Students;

public sealed class RelativePathsTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly RelativePaths paths;

    public RelativePathsTests() => paths = new RelativePaths(folder["course/notebooks"], folder["out/students"]);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("#r \"../lib/bin/Vilt.dll\"\nusing Vilt;", "#r \"../../course/lib/bin/Vilt.dll\"\nusing Vilt;")]
    [InlineData("Read(\"../assets/zoo/\", @\"./x.png\")", "Read(\"../../course/assets/zoo/\", @\"../../course/notebooks/x.png\")")]
    [InlineData("$\"../data/{i}.jpg\"", "$\"../../course/data/{i}.jpg\"")]
    [InlineData("Path.Combine(\"..\", \"assets\")", "Path.Combine(\"../../course\", \"assets\")")]
    [InlineData("\"a/b\" + \"/abs\" + \"...\" + $\"{x}../y\" // \"../c\"", "\"a/b\" + \"/abs\" + \"...\" + $\"{x}../y\" // \"../c\"")]
    public void Literals_in_code_that_lead_out_of_the_folder_lead_to_the_same_place(string code, string changed) =>
        Assert.Equal(changed, paths.ChangeInCode(code));

    [Theory]
    [InlineData("![z](img/z.png \"t\") and ![h](https://x/y.png)", "![z](../../course/notebooks/img/z.png \"t\") and ![h](https://x/y.png)")]
    [InlineData("|a|\n|-|\n|![z](z.png)|", "|a|\n|-|\n|![z](../../course/notebooks/z.png)|")]
    [InlineData("<img alt=\"x\" src=\"../z.png\">", "<img alt=\"x\" src=\"../../course/z.png\">")]
    [InlineData("[next](02-next.ipynb) [there](#there) ![a](attachment:a.png)", "[next](02-next.ipynb) [there](#there) ![a](attachment:a.png)")]
    public void Pictures_in_markdown_are_found_from_the_copy(string markdown, string changed) =>
        Assert.Equal(changed, paths.ChangeInMarkdown(markdown));

    [Fact]
    public void Links_to_files_that_are_there_are_changed()
    {
        folder.Write("course/notebooks/notes.txt", "");
        Assert.Equal("[n](../../course/notebooks/notes.txt)", paths.ChangeInMarkdown("[n](notes.txt)"));
    }
}
