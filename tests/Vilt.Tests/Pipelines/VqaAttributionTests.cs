using TorchSharp;
using Vilt.Attribution;
using Vilt.Evaluation;
using Vilt.Pipelines;
using Vilt.Visuals;
using static TorchSharp.torch;

namespace Vilt.Tests.Pipelines;

public sealed class VqaAttributionTests : IDisposable
{
    private const string Question = ElephantQuestion.Text;

    private readonly ElephantQuestion asked = new();

    private VqaPipeline Vqa => asked.Vqa;

    public void Dispose() => asked.Dispose();

    [Fact]
    public void Arguments_are_those_of_an_explanation()
    {
        var options = new ExplainOptions { Target = "zoo", Baseline = PictureBaseline.Mean, InternalBatchSize = 5 };
        var arguments = Vqa.Arguments(ElephantQuestion.Picture, Question, options);
        var method = new LayerIntegratedGradients(Vqa.Wrapped, [Vqa.Model.WordEmbeddings, Vqa.Wrapped.InputMaps["pixelValues"]]);
        using var result = method.Attribute(arguments, PathSteps.Fixed(4));
        var explanation = Vqa.Explain(
            ElephantQuestion.Picture, Question, options with { Steps = PathSteps.Fixed(4) }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(explanation.TextContribution, result.Attributions[0].sum().item<float>(), 1e-4);
        Assert.Equal(explanation.ImageContribution, result.Attributions[1].sum().item<float>(), 1e-4);
        Assert.Equal(explanation.ConvergenceDelta!.Value, result.ConvergenceDelta.item<float>(), 1e-5);
        Assert.Equal(5, arguments.InternalBatchSize);
    }

    [Fact]
    public void Without_a_target_they_are_of_the_most_probable_answer()
    {
        var arguments = Vqa.Arguments(ElephantQuestion.Picture, Question);
        var curve = new PatchCurves(Vqa.Wrapped, Vqa.Model.Config.PatchSize) { Picture = 1 }
            .Deletion(arguments, PatchOrder.Random((int)(arguments.Inputs[1].shape[2] * arguments.Inputs[1].shape[3]) / 256));
        Assert.Equal(Vqa.Ask(ElephantQuestion.Picture, Question)[0].Probability, curve.Scores[0], 1e-5);
        var shares = InputShares.Of(Vqa.Wrapped, arguments)[0];
        Assert.Equal(2, shares.Values.Count);
        Assert.Contains("\"unicorn\"", Assert.Throws<ArgumentException>(
            () => Vqa.Arguments(ElephantQuestion.Picture, Question, new() { Target = "unicorn" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Their_tensors_are_the_callers_and_no_others_stay()
    {
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            var arguments = Vqa.Arguments(ElephantQuestion.Picture, Question, new() { Baseline = PictureBaseline.Blur });
            Assert.Equal(live + 6, DisposeScopeManager.Statistics.ThreadTotalLiveCount); // two inputs, three others, one baseline
            Assert.True(arguments.Inputs[1].abs().max().item<float>() > 0);
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void An_explanation_becomes_a_map_of_a_grid()
    {
        var explanation = Vqa.Explain(
            ElephantQuestion.Picture, Question, new() { Steps = PathSteps.Fixed(2) }, cancellationToken: TestContext.Current.CancellationToken);
        var map = explanation.ToMap("gray", "area 0.1");
        Assert.Equal(("gray", "area 0.1"), (map.Title, map.Note));
        Assert.Equal(explanation.ToHeatMap().Attributions.Values, map.Attributions.Values);
        Assert.Contains("gray (area 0.1)", new AttributionGrid(explanation.Picture, [map]).Description, StringComparison.Ordinal);
    }
}
