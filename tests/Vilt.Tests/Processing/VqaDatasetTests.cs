using Vilt.Data;
using Vilt.Processing;

namespace Vilt.Tests.Processing;

public sealed class VqaDatasetTests : IDisposable
{
    private readonly VqaFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_example_has_the_question_the_picture_and_soft_labels()
    {
        var dataset = folder.Dataset(3);
        using var example = dataset[2];

        Assert.Equal(["pixel_values", "input_ids", "token_type_ids", "attention_mask", "labels"], example.Fields.Select(field => field.Name));
        Assert.Equal([2f / 3, 1f, 0f], example.Labels!.data<float>().ToArray());
        Assert.Equal([3, 48, 32], example.PixelValues.shape);
        Assert.Equal(VqaFolder.Processor.Tokenizer.ModelMaxLength, example.InputIds.shape[0]);
        Assert.Equal("is it a?", VqaFolder.Processor.Tokenizer.Decode(example.InputIds.data<long>().ToArray(), skipSpecialTokens: true));
    }

    [Fact]
    public void Without_an_annotation_there_are_no_labels()
    {
        var dataset = new VqaDataset([folder.Example(1) with { Annotation = null }], VqaFolder.Processor, VqaFolder.Vocabulary);
        using var example = dataset[0];
        Assert.Null(example.Labels);
    }

    [Fact]
    public void A_missing_or_broken_picture_is_an_error_that_names_it_and_the_question()
    {
        var before = LiveTensors.CountAfterCollection();
        var dataset = folder.Dataset(3);
        File.Delete(folder.PathOf(1));
        File.WriteAllText(folder.PathOf(2), "no picture");
        for (var index = 1; index < 3; index++)
        {
            var message = Assert.Throws<InvalidDataException>(() => dataset[index]).Message;
            Assert.Contains($"{1000 + index}", message, StringComparison.Ordinal);
            Assert.Contains(folder.PathOf(index), message, StringComparison.Ordinal);
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void What_no_file_can_cause_is_not_called_a_broken_picture()
    {
        var broken = new VqaDataset(folder.Dataset(3).Examples, VqaFolder.Processor with { Tokenizer = null! }, VqaFolder.Vocabulary);
        Assert.Throws<NullReferenceException>(() => broken[0]);
        List<string> skipped = [];
        var loader = new VqaDataLoader(broken, batchSize: 2, shuffle: false, seed: 0, skip: error => skipped.Add(error.Message));
        Assert.Throws<NullReferenceException>(() => loader.Epoch(0, cancellationToken: TestContext.Current.CancellationToken).ToList());
        Assert.Empty(skipped);
    }

    [Fact]
    public void A_picture_that_is_too_long_and_thin_or_cannot_be_opened_is_one_that_can_be_skipped()
    {
        var dataset = folder.Dataset(3);
        File.WriteAllBytes(folder.PathOf(1), new RgbImage(2000, 1, new byte[6000]).EncodePng());
        File.Delete(folder.PathOf(2));
        Directory.CreateDirectory(folder.PathOf(2));
        Assert.Contains("too long and thin", Assert.Throws<InvalidDataException>(() => dataset[1]).Message);
        Assert.Contains(folder.PathOf(2), Assert.Throws<InvalidDataException>(() => dataset[2]).Message);
    }

    [Fact]
    public void A_picture_is_read_once()
    {
        var dataset = folder.Dataset(2);
        using var first = dataset[1];
        File.Delete(folder.PathOf(1));
        using var again = dataset[1];
        Assert.Equal(first.PixelValues, again.PixelValues);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void An_index_outside_is_an_error(int index) => Assert.Throws<ArgumentOutOfRangeException>(() => folder.Dataset(3)[index]);

    [Fact]
    public void A_blind_data_set_shows_one_color_in_the_size_of_each_picture()
    {
        var seen = folder.Dataset(4);
        var blind = new VqaDataset(seen.Examples, VqaFolder.Processor, VqaFolder.Vocabulary, new MeanColor(255, 0, 255));
        for (var i = 0; i < seen.Count; i++)
        {
            using ViltExample example = seen[i], hidden = blind[i];
            Assert.Equal(example.PixelValues.shape, hidden.PixelValues.shape);
            Assert.Equal([1f, -1f, 1f], hidden.PixelValues.amax([1, 2]).data<float>().ToArray());
            Assert.Equal([1f, -1f, 1f], hidden.PixelValues.amin([1, 2]).data<float>().ToArray());
            Assert.Equal(example.InputIds, hidden.InputIds);
            Assert.Equal(example.Labels!, hidden.Labels!);
        }
    }
}
