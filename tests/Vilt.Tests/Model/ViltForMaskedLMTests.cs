using TorchSharp;
using Vilt.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Model;

public class ViltForMaskedLMTests
{
    private static readonly ViltConfig Config = new()
    {
        HiddenSize = 32,
        NumAttentionHeads = 4,
        NumHiddenLayers = 1,
        IntermediateSize = 64,
        VocabSize = 50,
        ImageSize = 32,
        PatchSize = 16,
    };

    [Fact]
    public void Scores_every_word_for_each_text_token_and_no_patch()
    {
        using var scope = NewDisposeScope();
        using var model = new ViltForMaskedLM(Config);
        var output = model.forward(ones([2, 5], int64), ones(2, 3, 32, 48));
        Assert.Equal([2, 5, Config.VocabSize], output.Logits.shape);
        Assert.Null(output.Loss);
    }

    [Fact]
    public void Logits_are_BERTs_head_over_the_bodys_text_states()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = new ViltForMaskedLM(Config);
        Tensor ids = tensor(new long[,] { { 2, 7, 9, 3 } }), pixels = rand(1, 3, 32, 48);
        var weights = model.state_dict();
        foreach (var parameter in weights.Values)
        {
            parameter.add_(randn_like(parameter) / 10);
        }

        var body = (ViltModel)model.named_children().Single(child => child.name == "vilt").module;
        var text = body.forward(ids, pixels).LastHiddenState.narrow(1, 0, 4);
        var dense = nn.functional.gelu(nn.functional.linear(text, weights["mlm_score.transform.dense.weight"], weights["mlm_score.transform.dense.bias"]));
        var normed = nn.functional.layer_norm(dense, [Config.HiddenSize], weights["mlm_score.transform.LayerNorm.weight"],
            weights["mlm_score.transform.LayerNorm.bias"], Config.LayerNormEps);
        var expected = nn.functional.linear(normed, weights["mlm_score.decoder.weight"], weights["mlm_score.bias"]);
        Golden.AssertClose(expected, model.forward(ids, pixels).Logits, "logits");
    }

    [Fact]
    public void Loss_is_the_mean_cross_entropy_of_the_labels_that_are_not_ignored()
    {
        using var scope = NewDisposeScope();
        using var model = new ViltForMaskedLM(Config);
        var labels = tensor(new long[,] { { -100, 7, -100 }, { 9, -100, -100 } });
        var output = model.forward(ones([2, 3], int64), rand(2, 3, 32, 32), labels: labels);
        var scores = output.Logits.log_softmax(-1);
        Assert.Equal(-(scores[0, 1, 7] + scores[1, 0, 9]).ToDouble() / 2, output.Loss!.ToDouble(), 5);
    }

    [Fact]
    public void Labels_of_another_shape_are_refused()
    {
        using var scope = NewDisposeScope();
        using var model = new ViltForMaskedLM(Config);
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() =>
            model.forward(ones([2, 3], int64), rand(2, 3, 32, 32), labels: ones([2, 4], int64))).ParamName);
    }
}
