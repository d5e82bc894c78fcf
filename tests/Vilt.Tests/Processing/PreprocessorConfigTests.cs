using System.Text.Json.Nodes;
using Vilt.Processing;

namespace Vilt.Tests.Processing;

public sealed class PreprocessorConfigTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string FilePath => folder["preprocessor_config.json"];

    public static TheoryData<string> Checkpoints => [.. Goldens.Checkpoints];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Checkpoints))]
    public void Is_written_as_transformers_writes_it(string folder)
    {
        var processor = ViltImageProcessor.Read(folder);
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "preprocessor_config.json")))!;
        Assert.Equal((int)expected["size"]!["shortest_edge"]!, processor.ShortestEdge);
        Assert.Equal((int)expected["size_divisor"]!, processor.SizeDivisor);

        processor.Write(this.folder.Path);

        Assert.Equal(expected.ToJsonString(), JsonNode.Parse(File.ReadAllText(FilePath))!.ToJsonString());
        Assert.Equal([FilePath], Directory.GetFiles(this.folder.Path));
    }

    [Fact]
    public void Reads_the_older_form_with_a_plain_size_and_fields_it_does_not_know()
    {
        File.WriteAllText(FilePath, """{"size": 224, "feature_extractor_type": "ViltFeatureExtractor", "image_std": [0.25, 1, 2]}""");
        var processor = ViltImageProcessor.Read(folder.Path);
        Assert.Equal((224, 32), (processor.ShortestEdge, processor.SizeDivisor));
        Assert.Equal([0.25f, 1f, 2f], processor.ImageStd);
    }

    [Theory]
    [InlineData("""{"resample": 2}""", "resample")]
    [InlineData("""{"do_resize": false}""", "do_resize")]
    [InlineData("""{"do_pad": 1}""", "do_pad")]
    [InlineData("""{"size": {"height": 3}}""", "size")]
    [InlineData("""{"size": 0}""", "size")]
    [InlineData("""{"size_divisor": 0}""", "size_divisor")]
    [InlineData("""{"size_divisor": 16.5}""", "size_divisor")]
    [InlineData("""{"rescale_factor": -1}""", "rescale_factor")]
    [InlineData("""{"image_mean": [0.5, 0.5]}""", "image_mean")]
    [InlineData("""{"image_mean": 0.5}""", "image_mean")]
    [InlineData("""{"image_std": [0.5, 0, 0.5]}""", "image_std")]
    [InlineData("""{"size": 384""", "JSON")]
    [InlineData("", "JSON")]
    [InlineData("3", "JSON")]
    public void A_wrong_field_is_named_with_the_file(string json, string part)
    {
        File.WriteAllText(FilePath, json);
        var error = Assert.Throws<InvalidDataException>(() => ViltImageProcessor.Read(folder.Path));
        Assert.Contains(FilePath, error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<FileNotFoundException>(() => ViltImageProcessor.Read(folder.Path));
        Assert.Contains(FilePath, error.Message, StringComparison.Ordinal);
    }
}
