using System.Globalization;
using Vilt.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Model;

public class GoldenModelTests
{
    public static TheoryData<string> Cases => [.. Golden.ModelCases];

    [Theory, MemberData(nameof(Cases))]
    public void State_dict_has_the_checkpoints_names_and_shapes(string name)
    {
        using var scope = NewDisposeScope();
        using var model = new ViltForQuestionAnswering(ViltConfig.Read(Golden.Checkpoint(name)));
        Assert.Equal(Shapes(Golden.Tensors("model", name, "checkpoint", "model.safetensors")), Shapes(model.state_dict()));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Logits_loss_and_gradients_are_the_references(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Load(name);
        Dictionary<string, Tensor> inputs = Golden.Tensors("model", name, "inputs.safetensors"), expected = Golden.Tensors("model", name, "outputs.safetensors");
        using var output = model.forward(
            inputs["input_ids"], inputs["pixel_values"], inputs["attention_mask"], inputs["pixel_mask"], inputs["token_type_ids"], inputs["labels"]);
        Golden.AssertClose(expected["logits"], output.Logits, "logits");
        Golden.AssertClose(expected["loss"], output.Loss!, "loss");
        output.Loss!.backward();
        foreach (var (parameter, value) in model.named_parameters())
        {
            // Softmax ignores a shift of all scores: the gradient is rounding noise around zero.
            if (parameter.EndsWith("attention.attention.key.bias", StringComparison.Ordinal))
            {
                continue;
            }

            Golden.AssertClose(expected[$"grad.{parameter}"], value.grad!, $"gradient of {parameter}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Hidden_states_attentions_and_pooler_output_are_the_references(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Load(name);
        var body = (ViltModel)model.named_children().Single(child => child.name == "vilt").module;
        Dictionary<string, Tensor> inputs = Golden.Tensors("model", name, "inputs.safetensors"), expected = Golden.Tensors("model", name, "outputs.safetensors");
        using var output = body.forward(inputs["input_ids"], inputs["pixel_values"], inputs["attention_mask"], inputs["pixel_mask"],
            inputs["token_type_ids"], outputHiddenStates: true, outputAttentions: true);
        Golden.AssertClose(expected["pooler_output"], output.PoolerOutput, "pooler_output");
        Assert.Equal(body.Config.NumHiddenLayers, output.Attentions!.Count);
        AssertAll(expected, "hidden_states", output.HiddenStates!);
        AssertAll(expected, "attentions", output.Attentions);
    }

    private static void AssertAll(Dictionary<string, Tensor> expected, string name, IReadOnlyList<Tensor> actual)
    {
        string[] keys = [.. expected.Keys.Where(key => key.StartsWith(name + ".", StringComparison.Ordinal))];
        Assert.NotEmpty(keys);
        foreach (var key in keys)
        {
            Golden.AssertClose(expected[key], actual[int.Parse(key[(name.Length + 1)..], CultureInfo.InvariantCulture)], key);
        }
    }

    private static ViltForQuestionAnswering Load(string name)
    {
        using var noGrad = no_grad();
        var model = new ViltForQuestionAnswering(ViltConfig.Read(Golden.Checkpoint(name)));
        foreach (var (key, value) in Golden.Tensors("model", name, "checkpoint", "model.safetensors"))
        {
            model.state_dict()[key].copy_(value);
        }

        return model;
    }

    private static SortedDictionary<string, string> Shapes(IEnumerable<KeyValuePair<string, Tensor>> tensors) =>
        new(tensors.ToDictionary(pair => pair.Key, pair => string.Join(", ", pair.Value.shape)), StringComparer.Ordinal);
}
