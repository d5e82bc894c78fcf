using TorchSharp;
using Vilt.Attribution;
using Vilt.Checkpoints;
using Vilt.Tests.Attribution;
using Vilt.Tests.Training;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Tests.Model;

/// <summary>bfloat16 has eight bits of precision: results are near, and shapes and types those of float32.</summary>
public class BFloat16Tests
{
    public static TheoryData<string> Cases => [.. Golden.ModelCases];

    [Theory, MemberData(nameof(Cases))]
    public void A_model_moved_to_bfloat16_answers_nearly_the_same(string name)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var model = ViltCheckpoint.From(Golden.Checkpoint(name)).QuestionAnswering().Model;
        var inputs = Golden.Tensors("model", name, "inputs.safetensors");
        Tensor Logits() => model.forward(
            inputs["input_ids"], inputs["pixel_values"], inputs["attention_mask"], inputs["pixel_mask"], inputs["token_type_ids"]).Logits;
        var expected = Logits();
        model.to(ScalarType.BFloat16);
        var actual = Logits();
        Assert.Equal(ScalarType.Float32, actual.dtype);
        AssertNear(expected, actual, 0.1);
    }

    [Fact]
    public void Its_attributions_are_float32_and_near()
    {
        using var scope = NewDisposeScope();
        using var vilt = new GoldenVilt();
        var inputs = GoldenVilt.Read("one.safetensors");
        var method = new LayerIntegratedGradients(vilt.Wrapped, [vilt.Wrapped.InputMaps["pixelValues"], vilt.Model.WordEmbeddings]);
        IntegratedGradientsResult Attribute() => method.Attribute(
            [inputs["input_ids"], inputs["pixel_values"]], null, 3, GoldenVilt.Additional(inputs), nSteps: 20,
            cancellationToken: TestContext.Current.CancellationToken);
        using var expected = Attribute();
        vilt.Model.to(ScalarType.BFloat16);
        using var actual = Attribute();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(ScalarType.Float32, actual.Attributions[i].dtype);
            AssertNear(expected.Attributions[i], actual.Attributions[i], 0.35); // weights of 0.3 make this model a rough one
        }
    }

    [Fact]
    public void Training_in_it_keeps_float32_weights_and_nearly_the_losses()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Losses(bfloat16: false), Losses(bfloat16: true), (a, b) => Math.Abs(a - b) < 0.05 * a);
        Assert.NotEqual(Losses(bfloat16: false), Losses(bfloat16: true));
    }

    private static List<float> Losses(bool bfloat16)
    {
        using var model = TinyRun.Model();
        using var trainer = new Trainer(model, new TrainingOptions { LearningRate = 1e-3, Device = CPU, BFloat16 = bfloat16 });
        List<float> losses = [.. Enumerable.Range(0, 8).Select(_ => trainer.Step(TinyRun.Batch(0)))];
        Assert.All(model.parameters(), weight => Assert.Equal(ScalarType.Float32, weight.dtype));
        Assert.True(losses[^1] < losses[0]);
        return losses;
    }

    private static void AssertNear(Tensor expected, Tensor actual, double share)
    {
        var off = actual.sub(expected).norm().ToDouble() / expected.norm().ToDouble();
        Assert.InRange(off, 1e-6, share);
    }
}
