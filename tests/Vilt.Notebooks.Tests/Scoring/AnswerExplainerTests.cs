using TorchSharp;
using Vilt.Attribution;
using Vilt.Data;
using Vilt.Notebooks.Commands;
using Vilt.Notebooks.Scoring;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Tests.Scoring;

public sealed class AnswerExplainerTests : IDisposable
{
    private const string Question = "what is on the picture";
    private readonly TestFolder folder = new();
    private readonly TrainedModel model;
    private readonly RgbImage picture;

    public AnswerExplainerTests()
    {
        model = TrainedModel.Load(ZooModel.Save(folder["model"], "yes", "no", "cat"));
        picture = RgbImage.Read(Path.Combine(ZooModel.BodyFolder, "..", "siamese.png"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static long TensorsOfThisThread => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Agrees_with_integrated_gradients_on_a_replaced_embedding()
    {
        using var explainer = new AnswerExplainer(model.Model, model.Processor, PictureBaseline.Zero, steps: 20);
        var live = TensorsOfThisThread;
        var pixels = explainer.Pixels(picture, Question, Token);
        Assert.Equal(live, TensorsOfThisThread);
        Assert.All(model.Model.parameters(), parameter => Assert.True(parameter.requires_grad));
        var expected = ByReplacedEmbedding(steps: 20);
        Assert.Equal((expected.GetLength(1), expected.GetLength(2)), (pixels.GetLength(0), pixels.GetLength(1)));
        var largest = pixels.Cast<double>().Max(Math.Abs);
        Assert.True(largest > 0);
        for (var row = 0; row < pixels.GetLength(0); row++)
        {
            for (var column = 0; column < pixels.GetLength(1); column++)
            {
                var sum = expected[0, row, column] + expected[1, row, column] + expected[2, row, column];
                Assert.Equal(sum, pixels[row, column], 1e-4 * largest);
            }
        }
    }

    [Fact]
    public void A_plain_picture_differs_from_zero_but_not_from_its_mean_color()
    {
        var plain = new MeanColor(200, 10, 60).Picture(160, 144);
        using var fromZero = new AnswerExplainer(model.Model, model.Processor, PictureBaseline.Zero, steps: 2);
        using var fromMean = new AnswerExplainer(model.Model, model.Processor, PictureBaseline.Mean, steps: 2);
        var scale = fromZero.Pixels(plain, Question, Token).Cast<double>().Max(Math.Abs);
        Assert.True(scale > 0);
        Assert.True(fromMean.Pixels(plain, Question, Token).Cast<double>().Max(Math.Abs) < 1e-5 * scale);
        Assert.True(fromMean.Pixels(picture, Question, Token).Cast<double>().Max(Math.Abs) > 1e-5 * scale);
    }

    private float[,,] ByReplacedEmbedding(int steps)
    {
        using var scope = NewDisposeScope();
        var batch = Collator.Collate([model.Processor.Encode(picture, Question)]);
        var predicted = (int)model.Model.forward(batch).Logits.argmax(1).item<long>();
        var embedding = InterpretableEmbedding.Configure(model.Model, "vilt.embeddings.text_embeddings.word_embeddings");
        try
        {
            var words = embedding.IndicesToEmbeddings(batch.InputIds);
            var padding = embedding.IndicesToEmbeddings(full_like(batch.InputIds, model.Processor.Tokenizer.PadTokenId));
            Tensor Forward(IReadOnlyList<Tensor?> arguments) => model.Model.call(
                arguments[0]!, arguments[1]!, arguments[2], arguments[3], arguments[4], null).Logits;
            using var result = new IntegratedGradients(Forward).Attribute(
                [words, batch.PixelValues], [padding, zeros_like(batch.PixelValues)], predicted,
                [batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds], steps, cancellationToken: Token);
            return (float[,,])result.Attributions[1].squeeze(0).data<float>().ToNDArray();
        }
        finally
        {
            embedding.Remove();
        }
    }
}
