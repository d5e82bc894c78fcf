using Vilt.Data;
using Vilt.Processing;

namespace Vilt.Tests.Processing;

public sealed class VqaDatasetTests : IDisposable
{
    private readonly VqaFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_example_has_the_question_the_picture_and_soft_labels()
    {
        VqaDataset dataset = _folder.Dataset(3);
        using ViltExample example = dataset[2];

        Assert.Equal(["pixel_values", "input_ids", "token_type_ids", "attention_mask", "labels"], example.Fields.Select(field => field.Name));
        Assert.Equal([2f / 3, 1f, 0f], example.Labels!.data<float>().ToArray());
        Assert.Equal([3, 48, 32], example.PixelValues.shape);
        Assert.Equal(VqaFolder.Processor.Tokenizer.ModelMaxLength, example.InputIds.shape[0]);
        Assert.Equal("is it a?", VqaFolder.Processor.Tokenizer.Decode(example.InputIds.data<long>().ToArray(), skipSpecialTokens: true));
    }

    [Fact]
    public void Without_an_annotation_there_are_no_labels()
    {
        VqaDataset dataset = new([_folder.Example(1) with { Annotation = null }], VqaFolder.Processor, VqaFolder.Vocabulary);
        using ViltExample example = dataset[0];
        Assert.Null(example.Labels);
    }

    [Fact]
    public void A_missing_or_broken_picture_is_an_error_that_names_it_and_the_question()
    {
        long before = LiveTensors.CountAfterCollection();
        VqaDataset dataset = _folder.Dataset(3);
        File.Delete(_folder.PathOf(1));
        File.WriteAllText(_folder.PathOf(2), "no picture");
        for (int index = 1; index < 3; index++)
        {
            string message = Assert.Throws<InvalidDataException>(() => dataset[index]).Message;
            Assert.Contains($"{1000 + index}", message, StringComparison.Ordinal);
            Assert.Contains(_folder.PathOf(index), message, StringComparison.Ordinal);
        }
        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void A_picture_is_read_once()
    {
        VqaDataset dataset = _folder.Dataset(2);
        using ViltExample first = dataset[1];
        File.Delete(_folder.PathOf(1));
        using ViltExample again = dataset[1];
        Assert.Equal(first.PixelValues, again.PixelValues);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void An_index_outside_is_an_error(int index) => Assert.Throws<ArgumentOutOfRangeException>(() => _folder.Dataset(3)[index]);

    [Fact]
    public void A_blind_data_set_shows_one_color_in_the_size_of_each_picture()
    {
        VqaDataset seen = _folder.Dataset(4);
        VqaDataset blind = new(seen.Examples, VqaFolder.Processor, VqaFolder.Vocabulary, new MeanColor(255, 0, 255));
        for (int i = 0; i < seen.Count; i++)
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
