namespace Vilt.Course.Tests;

public class CourseMaterialTests
{
    private static readonly string Root = Path.GetFullPath("/series");

    [Theory]
    [InlineData("notebooks", "artifacts")]
    [InlineData("notebooks/solutions", "artifacts")]
    [InlineData("class", "class/artifacts")]
    [InlineData("notebooks-of-mine", "notebooks-of-mine/artifacts")]
    [InlineData("../class/ada", "../class/ada/artifacts")]
    public void A_copy_has_artifacts_of_its_own(string notebooks, string artifacts) =>
        Assert.Equal(Path.GetFullPath(artifacts, Root), CourseFolders.Artifacts(Root, Path.GetFullPath(notebooks, Root)));

    [Fact]
    public void The_zoo_is_what_the_series_runs_on()
    {
        var course = CourseMaterial.Open("zoo");
        Assert.True(File.Exists(Path.Combine(course.Body, "config.json")));
        Assert.True(File.Exists(Path.Combine(course.Finetuned, "config.json")));
        Assert.All(course.Pictures().Values, picture => Assert.True(File.Exists(picture)));
        Assert.Contains("2", course.Answers().Answers);
        Assert.False(course.HasOwnCheckpoint);
        Assert.Contains("(not there yet)", course.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Material_that_is_not_known_is_refused() =>
        Assert.Contains("choose zoo or vqav2", Assert.Throws<ArgumentException>(() => CourseMaterial.Open("coco")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_home_without_the_series_is_refused_by_name()
    {
        Environment.SetEnvironmentVariable(CourseFolders.HomeVariable, Path.GetTempPath());
        try
        {
            Assert.Contains(CourseFolders.HomeVariable, Assert.Throws<DirectoryNotFoundException>(CourseFolders.Home).Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(CourseFolders.HomeVariable, null);
        }
    }

    [Fact]
    public void Own_data_and_models_are_material_too()
    {
        var course = new CourseMaterial("mine", "data", "body", "someone/answers", "train2014");
        Assert.Equal(Path.Combine("data", "v2_mscoco_train2014_annotations.json"), course.AnnotationFile);
        Assert.Equal(Path.Combine("data", "train2014"), course.PictureFolder);
        Assert.EndsWith(Path.Combine("artifacts", "checkpoints", "mine"), course.OwnCheckpoint, StringComparison.Ordinal);
        course.Prepare();
    }
}
