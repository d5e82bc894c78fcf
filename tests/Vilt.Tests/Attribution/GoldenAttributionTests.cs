using System.Text.Json.Nodes;
using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

/// <summary>captum's attributions of ViLT's answers to pixels and word embeddings.</summary>
public sealed class GoldenAttributionTests : IDisposable
{
    private static readonly JsonNode File = Goldens.Json("attribution", "cases.json");
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly GoldenVilt vilt = new();

    public static TheoryData<string> Paths => Cases(node => node["steps"] is not null && node["way"] is null);

    public static TheoryData<string> Embeddings => Cases(node => node["way"] is not null);

    public static TheoryData<string> Gradients => Cases(node => node["steps"] is null);

    public void Dispose()
    {
        vilt.Dispose();
        scope.Dispose();
    }

    [Theory, MemberData(nameof(Paths))]
    public void Layer_attributions_are_captums(string name)
    {
        var node = Case(name);
        var attribution = new LayerIntegratedGradients(
            vilt.Wrapped, vilt.Layers(File), multiplyByInputs: node["multiply_by_inputs"]?.GetValue<bool>() ?? true);
        var inputs = GoldenVilt.Inputs(node);
        // The file's baselines: 0 for each pixel and the padding token for each word; a case says null where it has none.
        Baseline[]? baselines = node.AsObject().ContainsKey("baselines") ? null : [vilt.PadTokenId, 0];
        using var result = attribution.Attribute(
            [inputs["input_ids"], inputs["pixel_values"]], baselines, TargetOf(node), GoldenVilt.Additional(inputs),
            node["steps"]!.GetValue<int>(), Quadrature.Parse(node["method"]?.GetValue<string>() ?? "gausslegendre"),
            node["internal_batch_size"]?.GetValue<int>(), cancellationToken: TestContext.Current.CancellationToken);
        AssertExpected(name, node, inputs, baselines, result.Attributions[0], result.Attributions[1], result.ConvergenceDelta);
    }

    [Theory, MemberData(nameof(Embeddings))]
    public void Both_options_of_the_tutorial_agree_with_captum_and_with_each_other(string name)
    {
        var node = Case(name);
        var inputs = GoldenVilt.Inputs(node);
        Baseline[] baselines = [vilt.PadTokenId, 0];
        Tensor ids = inputs["input_ids"], pixels = inputs["pixel_values"];
        var steps = node["steps"]!.GetValue<int>();
        using var byLayers = new LayerIntegratedGradients(vilt.Wrapped, vilt.Layers(File)).Attribute(
            [ids, pixels], baselines, TargetOf(node), GoldenVilt.Additional(inputs), steps,
            cancellationToken: TestContext.Current.CancellationToken);

        var embedding = InterpretableEmbedding.Configure(vilt.Model, GoldenVilt.WordsPath(File));
        using var byEmbedding = new IntegratedGradients(vilt.Logits).Attribute(
            [embedding.IndicesToEmbeddings(ids), pixels], [embedding.IndicesToEmbeddings(torch.full_like(ids, vilt.PadTokenId)), 0],
            TargetOf(node), GoldenVilt.Additional(inputs), steps, cancellationToken: TestContext.Current.CancellationToken);
        embedding.Remove();

        AssertExpected(name, node, inputs, baselines, byEmbedding.Attributions[1], byEmbedding.Attributions[0], byEmbedding.ConvergenceDelta);
        Near.Equal(byLayers.Attributions[0], byEmbedding.Attributions[1]);
        Near.Equal(byLayers.Attributions[1], byEmbedding.Attributions[0]);
    }

    [Theory, MemberData(nameof(Gradients))]
    public void Gradients_times_activations_are_captums(string name)
    {
        var node = Case(name);
        var inputs = GoldenVilt.Inputs(node);
        using var result = new LayerGradientXActivation(vilt.Wrapped, vilt.Layers(File)).Attribute(
            [inputs["input_ids"], inputs["pixel_values"]], TargetOf(node), GoldenVilt.Additional(inputs));
        var expected = GoldenVilt.Read($"{name}.safetensors");
        Near.Equal(expected["pixels"], result.Attributions[0], Precision);
        Near.Equal(expected["words"], result.Attributions[1], Precision);
    }

    [Fact]
    public void Attributions_of_the_model_leave_no_tensor_behind()
    {
        var node = Case(Paths.First().Data);
        var inputs = GoldenVilt.Inputs(node);
        var attribution = new LayerIntegratedGradients(vilt.Wrapped, vilt.Layers(File));
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++)
        {
            using var result = attribution.Attribute(
                [inputs["input_ids"], inputs["pixel_values"]], null, TargetOf(node), GoldenVilt.Additional(inputs), nSteps: 3,
                internalBatchSize: 2, cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private const double Precision = 1e-4;

    private static JsonNode Case(string name) => File["cases"]!.AsArray().Single(node => node!["name"]!.GetValue<string>() == name)!;

    private static TheoryData<string> Cases(Func<JsonNode, bool> wanted) =>
        [.. File["cases"]!.AsArray().Where(node => wanted(node!)).Select(node => node!["name"]!.GetValue<string>())];

    private static Target TargetOf(JsonNode node) => node["target"] is JsonArray several
        ? several.Select(target => target!.GetValue<int>()).ToArray()
        : node["target"]!.GetValue<int>();

    private void AssertExpected(
        string name, JsonNode node, Dictionary<string, Tensor> inputs, Baseline[]? baselines, Tensor pixels, Tensor words, Tensor delta)
    {
        var expected = GoldenVilt.Read($"{name}.safetensors");
        Near.Equal(expected["pixels"], pixels, Precision);
        Near.Equal(expected["words"], words, Precision);
        Near.Equal(expected["delta"], delta, Precision, scale: vilt.OutputDifference(node, inputs, baselines is null ? 0 : vilt.PadTokenId));
    }
}
