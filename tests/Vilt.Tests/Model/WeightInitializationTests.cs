using TorchSharp;
using Vilt.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Model;

public class WeightInitializationTests
{
    private static readonly ViltConfig Config = new()
    {
        HiddenSize = 64,
        NumAttentionHeads = 4,
        NumHiddenLayers = 2,
        IntermediateSize = 128,
        VocabSize = 500,
        ImageSize = 64,
        PatchSize = 16,
        InitializerRange = 0.05,
        PadTokenId = 7,
    };

    [Fact]
    public void The_same_seed_gives_the_same_weights_whatever_was_drawn_before()
    {
        using var scope = NewDisposeScope();
        using var one = new ViltForQuestionAnswering(Config, seed: 5);
        rand(10);
        using var same = new ViltForQuestionAnswering(Config, seed: 5);
        using var other = new ViltForQuestionAnswering(Config, seed: 6);
        Assert.All(one.state_dict(), pair => Assert.True(pair.Value.Equals(same.state_dict()[pair.Key]), pair.Key));
        Assert.Contains(one.state_dict(), pair => !pair.Value.Equals(other.state_dict()[pair.Key]));
    }

    [Fact]
    public void Weights_have_the_configured_spread_norms_start_at_one_and_the_rest_at_zero()
    {
        using var scope = NewDisposeScope();
        using var questions = new ViltForQuestionAnswering(Config);
        using var words = new ViltForMaskedLM(Config);
        foreach (var (name, parameter) in questions.named_parameters().Concat(words.named_parameters()))
        {
            var (mean, spread) = (parameter.mean().ToDouble(), parameter.std().ToDouble());
            var norm = name.Contains("norm", StringComparison.OrdinalIgnoreCase) || name.Contains("classifier.1.");
            if (norm)
            {
                Assert.True((mean, spread) == (name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0, 0), name);
            }
            else if (!name.EndsWith("weight", StringComparison.Ordinal))
            {
                Assert.True((mean, spread) == (0, 0), name); // biases, [CLS], positions of patches
            }
            else if (parameter.numel() > 1000)
            {
                Assert.True(Math.Abs(mean) < 0.01 && Math.Abs(spread - Config.InitializerRange) < 0.005, name);
            }
        }
    }

    [Fact]
    public void The_padding_row_is_zero_and_stays_so()
    {
        using var scope = NewDisposeScope();
        using var model = new ViltForQuestionAnswering(Config);
        var words = model.named_parameters().Single(pair => pair.name.EndsWith("word_embeddings.weight", StringComparison.Ordinal)).parameter;
        Assert.Equal(0, words[Config.PadTokenId!.Value].abs().max().ToDouble());
        Assert.NotEqual(0, words[0].abs().max().ToDouble());
        var output = model.forward(tensor(new long[,] { { 2, 7, 3 } }), ones(1, 3, 64, 64), labels: ones(1, 2));
        output.Loss!.backward();
        Assert.Equal(0, words.grad![Config.PadTokenId.Value].abs().max().ToDouble());
        Assert.NotEqual(0, words.grad[3].abs().max().ToDouble());
    }

    [Fact]
    public void A_model_made_in_a_dispose_scope_outlives_it()
    {
        ViltModel model;
        using (NewDisposeScope())
        {
            model = new(Config);
        }

        using (model)
        {
            Assert.All(model.parameters(), parameter => Assert.False(parameter.IsInvalid));
        }
    }
}
