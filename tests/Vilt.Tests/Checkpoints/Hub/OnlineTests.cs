using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Tests.Checkpoints.Hub;

/// <summary>The real thing, for machines with internet: half a gigabyte comes into the cache with <c>VILT_ONLINE=1</c>.</summary>
public sealed class OnlineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_published_model_counts_the_cats()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("VILT_ONLINE") == "1", "VILT_ONLINE is not 1.");
        const long cats = 39769; // the picture and the logits of transformers' own test of this model
        await Vqav2.GetAsync(folder.Path, "val", Vqav2Images.Needed, cancellationToken: TestContext.Current.CancellationToken);
        var picture = RgbImage.Read(ImageIndex.FromFolder(folder["val2014"]).PathOf(cats));
        var checkpoint = ViltCheckpoint.From("dandelin/vilt-b32-finetuned-vqa");
        using var scope = NewDisposeScope();
        using var model = checkpoint.QuestionAnswering().Model;
        using var noGradients = no_grad();
        var logits = model.forward(Collator.Collate([checkpoint.Processor().Encode(picture, "How many cats are there?")])).Logits[0]; // (3129)
        Assert.Equal(3129, logits.shape[0]);
        foreach (var (expected, answer) in new[] { -15.9495f, -18.1472f, -10.3041f }.Select((value, index) => (value, index)))
        {
            Assert.Equal(expected, logits[answer].item<float>(), 1e-3f);
        }

        Assert.Equal("2", model.Config.Answers[(int)logits.argmax().item<long>()]);
    }
}
