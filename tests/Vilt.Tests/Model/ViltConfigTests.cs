using System.Text.Json.Nodes;
using Vilt.Model;

namespace Vilt.Tests.Model;

public class ViltConfigTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Goldens.Folder, "config.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Goldens.Folder, file)).Order()];

    [Theory, MemberData(nameof(Files))]
    public void Writes_the_fields_that_it_read(string name)
    {
        using var folder = new TemporaryFolder();
        ViltConfig.Read(Goldens.PathOf(name)).Write(folder["config.json"]);
        JsonObject expected = Goldens.Json(name).AsObject(), actual = JsonNode.Parse(File.ReadAllText(folder["config.json"]))!.AsObject();
        Assert.Superset(actual.Select(field => field.Key).ToHashSet(), expected.Select(field => field.Key).ToHashSet());
        Assert.All(actual, field => Assert.True(JsonNode.DeepEquals(expected[field.Key], field.Value), $"{field.Key}: {field.Value} instead of {expected[field.Key]}"));
    }

    [Fact]
    public void Absent_fields_take_the_published_models_values()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["config.json"], "{}");
        ViltConfig read = ViltConfig.Read(folder.Path), expected = new();
        Assert.Equal(expected, read with { Id2Label = expected.Id2Label, Architectures = expected.Architectures });
        Assert.Equal(expected.Answers, read.Answers);
    }

    [Fact]
    public void Answers_keep_the_order_of_their_indices()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["config.json"], """{"id2label": {"2": "zebra", "0": "no", "1": "yes", "3": "no"}}""");
        var config = ViltConfig.Read(folder.Path);
        Assert.Equal(["no", "yes", "zebra", "no"], config.Answers);
        Assert.Equal(3, config.Label2Id["no"]);
    }

    [Theory]
    [InlineData("""{"hidden_size": "wide"}""", "hidden_size")]
    [InlineData("""{"hidden_size": null}""", "hidden_size")]
    [InlineData("""{"hidden_size": 1.5}""", "hidden_size")]
    [InlineData("""{"hidden_size": 99999999999}""", "hidden_size")]
    [InlineData("""{"hidden_size": 0}""", "hidden_size")]
    [InlineData("""{"hidden_size": 770}""", "hidden_size")]
    [InlineData("""{"num_hidden_layers": 1000000}""", "num_hidden_layers")]
    [InlineData("""{"hidden_size": 1200000}""", "hidden_size × hidden_size")]
    [InlineData("""{"vocab_size": 9000000}""", "vocab_size × hidden_size")]
    [InlineData("""{"num_channels": 9000}""", "num_channels × patch_size²")]
    [InlineData("""{"image_size": 9000000}""", "image_size / patch_size")]
    [InlineData("""{"vocab_size": -1}""", "vocab_size")]
    [InlineData("""{"image_size": [384, 384]}""", "image_size")]
    [InlineData("""{"image_size": 16}""", "image_size")]
    [InlineData("""{"layer_norm_eps": -1}""", "layer_norm_eps")]
    [InlineData("""{"hidden_dropout_prob": 1}""", "hidden_dropout_prob")]
    [InlineData("""{"max_image_length": 0}""", "max_image_length")]
    [InlineData("""{"pad_token_id": 40000}""", "pad_token_id")]
    [InlineData("""{"tie_word_embeddings": true}""", "tie_word_embeddings")]
    [InlineData("""{"hidden_act": "relu"}""", "hidden_act")]
    [InlineData("""{"model_type": "bert"}""", "model_type")]
    [InlineData("""{"id2label": {}}""", "id2label")]
    [InlineData("""{"id2label": null}""", "id2label")]
    [InlineData("""{"id2label": ["no", "yes"]}""", "id2label")]
    [InlineData("""{"id2label": {"0": "no", "2": "yes"}}""", "id2label")]
    [InlineData("""{"id2label": {"0": "no", "one": "yes"}}""", "id2label")]
    [InlineData("""{"id2label": {"0": 1}}""", "id2label")]
    [InlineData("""{"architectures": 7}""", "architectures")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("", "")]
    [InlineData("""{"hidden_size": 3""", "")]
    public void A_wrong_file_is_one_error_that_names_file_and_field(string json, string field)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["config.json"], json);
        var message = Assert.Throws<InvalidDataException>(() => ViltConfig.Read(folder.Path)).Message;
        Assert.Contains(folder["config.json"], message);
        Assert.Contains(field, message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(folder["config.json"], Assert.Throws<FileNotFoundException>(() => ViltConfig.Read(folder.Path)).Message);
    }

    [Fact]
    public void A_wrong_configuration_is_not_written()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => new ViltConfig { PatchSize = 0 }.Write(folder["config.json"]));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
