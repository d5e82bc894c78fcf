using Vilt.Data;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Tests.Processing;

public sealed class ViltProcessorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Checkpoints => [.. Goldens.Checkpoints];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Checkpoints))]
    public void Read_written_and_read_again_it_encodes_the_same(string folder)
    {
        var processor = ViltProcessor.Read(folder);
        var image = new RgbImage(100, 70, [.. Enumerable.Range(0, 21_000).Select(i => (byte)(i * 7))]);
        processor.Write(this.folder.Path);
        using IDisposable scope = NewDisposeScope();

        ViltExample example = processor.Encode(image, "how many?"), again = ViltProcessor.Read(this.folder.Path).Encode(image, "how many?");

        Assert.Equal(processor.Tokenizer.ModelMaxLength, example.InputIds.shape[0]);
        Assert.Equal(example.Fields.Select(field => field.Name), again.Fields.Select(field => field.Name));
        Assert.All(example.Fields.Zip(again.Fields), pair => Assert.True(pair.First.Value.allclose(pair.Second.Value, rtol: 0, atol: 0), pair.First.Name));
    }

    [Fact]
    public void A_refused_picture_leaves_no_tensor_behind()
    {
        var before = LiveTensors.CountAfterCollection();
        var processor = ViltProcessor.Read(Goldens.PathOf("model", "tiny", "checkpoint"));
        Assert.Throws<ArgumentException>(() => processor.Encode(new RgbImage(500, 1, new byte[1500]), "why"));
        Assert.Equal(before, LiveTensors.Count);
    }
}
