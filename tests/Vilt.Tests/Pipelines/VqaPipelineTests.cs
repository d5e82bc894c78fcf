using Microsoft.DotNet.Interactive.Formatting;
using TorchSharp;
using Vilt.Attribution;
using Vilt.Data;
using Vilt.Pipelines;
using static TorchSharp.torch;

namespace Vilt.Tests.Pipelines;

public sealed class VqaPipelineTests : IDisposable
{
    private const string Question = ElephantQuestion.Text;

    private readonly ElephantQuestion asked = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VqaPipeline Vqa => asked.Vqa;

    public void Dispose() => asked.Dispose();

    [Fact]
    public void Answers_are_the_models_most_probable_ones_best_first()
    {
        var answers = Vqa.Ask(ElephantQuestion.Picture, Question, top: 4);
        using var noGradients = no_grad();
        var (best, ids) = Vqa.Model.forward(asked.Batch()).Logits.sigmoid()[0].topk(4);
        Assert.Equal(ids.data<long>().ToArray().Select(id => Vqa.Answers[(int)id]), answers.Select(answer => answer.Answer));
        Assert.Equal(best.data<float>().ToArray(), answers.Select(answer => (float)answer.Probability), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal("gray", answers[0].Answer);
        Assert.Equal(Vqa.Answers.Count, Vqa.Ask(RgbImage.Read(ElephantQuestion.Picture), Question, top: 100_000).Count);
    }

    [Fact]
    public void Many_questions_are_answered_as_each_alone_in_their_order_whatever_the_pictures_sizes()
    {
        (PictureSource, string)[] questions =
        [
            (ElephantQuestion.Picture, Question), (new MeanColor(9, 99, 199).Picture(80, 300), "what is on the picture"), (ElephantQuestion.Asset("zebra.png"), "is it a zebra"),
            (ElephantQuestion.Picture, "where is the elephant"), (new MeanColor(90, 9, 19).Picture(80, 300), "what is on the picture"),
        ];
        List<int> told = [];
        var together = Vqa.Ask(questions, top: 3, batchSize: 2, progress: new Listener<int>(told.Add), cancellationToken: Token);
        Assert.Equal([2, 4, 5], told);
        foreach (var ((picture, question), answers) in questions.Zip(together))
        {
            var alone = Vqa.Ask(picture, question, top: 3);
            Assert.Equal(alone.Select(one => one.Answer), answers.Select(one => one.Answer));
            Assert.Equal(alone.Select(one => one.Probability), answers.Select(one => one.Probability), (a, b) => Math.Abs(a - b) < 1e-4);
        }

        Assert.Empty(Vqa.Ask([], cancellationToken: Token));
        Assert.Throws<OperationCanceledException>(() => Vqa.Ask(questions, cancellationToken: new(canceled: true)));
    }

    [Fact]
    public void Answers_and_explanations_show_themselves_in_a_cell()
    {
        var explanation = Vqa.Explain(ElephantQuestion.Picture, "is it <gray>?", new() { Steps = PathSteps.Fixed(2) }, cancellationToken: Token);
        var html = explanation.ToDisplayString("text/html");
        Assert.Contains("Word Importance", html, StringComparison.Ordinal);
        Assert.Contains("vilt-figure", html, StringComparison.Ordinal);
        Assert.Contains($"Image contributions: {explanation.ImageContribution:F4}", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<gray>", html, StringComparison.Ordinal);
        Assert.Contains("Total contribution:", explanation.ToDisplayString("text/plain"), StringComparison.Ordinal);
        var nothing = (explanation with { Pixels = new double[explanation.Picture.Height, explanation.Picture.Width] }).ToDisplayString("text/html");
        Assert.Contains("No pixel adds anything", nothing, StringComparison.Ordinal);
        var answers = Vqa.Ask(ElephantQuestion.Picture, Question, top: 2);
        Assert.Contains($"{answers[0].Probability:0.000}  gray", answers.ToDisplayString("text/plain"), StringComparison.Ordinal);
        Assert.Contains("<td>gray</td>", answers.ToDisplayString("text/html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_behind_and_progress_and_cancellation_reach_the_method()
    {
        asked.Explain(new());
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        List<int> told = [];
        using var stop = new CancellationTokenSource();
        var progress = new Listener<AttributionProgress>(at =>
        {
            told.Add(at.StepsDone);
            stop.Cancel();
        });
        Assert.Throws<OperationCanceledException>(
            () => Vqa.Explain(ElephantQuestion.Picture, Question, new() { InternalBatchSize = 7 }, progress, stop.Token));
        Assert.Equal([7], told);
        asked.Explain(new() { Steps = PathSteps.Fixed(2) });
        Vqa.Ask(ElephantQuestion.Picture, Question);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.All(Vqa.Model.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.grad is null));
    }

    [Fact]
    public void Answers_and_maps_that_are_not_finite_are_one_error()
    {
        using (no_grad())
        {
            Vqa.Model.parameters().First().fill_(double.NaN);
        }

        Assert.Contains("not finite", Assert.Throws<InvalidDataException>(() => Vqa.Ask(ElephantQuestion.Picture, Question)).Message, StringComparison.Ordinal);
        Assert.Contains("not finite", Assert.Throws<InvalidDataException>(() => asked.Explain(new())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        Assert.Contains("\"unicorn\" is not one of", Assert.Throws<ArgumentException>(() => asked.Explain(new() { Target = "unicorn" })).Message, StringComparison.Ordinal);
        Assert.Contains("none.png", Assert.Throws<FileNotFoundException>(() => Vqa.Ask("none.png", Question)).Message, StringComparison.Ordinal);
        var onlyWords = new LayerIntegratedGradients(Vqa.Wrapped, [Vqa.Model.WordEmbeddings]) { Steps = PathSteps.Fixed(2) };
        Assert.Contains("expected two", Assert.Throws<ArgumentException>(() => asked.Explain(new() { Method = onlyWords })).Message, StringComparison.Ordinal);
        Assert.Contains("no folder", Assert.Throws<DirectoryNotFoundException>(() => VqaPipeline.From("no/such/folder")).Message, StringComparison.Ordinal);
        Assert.Contains("not a complete question-answering model", Assert.Throws<InvalidDataException>(() => VqaPipeline.From(ElephantQuestion.Asset("vilt-zoo-mlm"))).Message, StringComparison.Ordinal);
    }
}
