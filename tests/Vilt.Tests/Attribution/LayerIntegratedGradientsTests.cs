using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class LayerIntegratedGradientsTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly ToyExample toy = new();

    private ToyModel Model => toy.Model;

    public void Dispose()
    {
        toy.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void Attributions_of_all_inputs_sum_to_the_difference_of_outputs_but_for_the_reported_delta()
    {
        var wrapped = new ModelInputWrapper(Model);
        var attribution = new LayerIntegratedGradients(wrapped, [wrapped.InputMaps["values"], Model.words]);
        using var result = toy.Attribute(attribution, nSteps: 2);
        var difference = toy.Outputs(toy.Ids, toy.Values) - toy.Outputs(torch.full_like(toy.Ids, 3), torch.full_like(toy.Values, 0.1));
        var sums = result.Attributions[0].sum(1) + result.Attributions[1].sum([1, 2]);
        double scale = difference.abs().max().item<float>();
        Near.Equal(sums - difference, result.ConvergenceDelta, scale: scale);
        Assert.True(result.ConvergenceDelta.abs().max().item<float>() > 1e-4 * scale, "two steps should not suffice");
        using var finer = toy.Attribute(attribution);
        Near.Equal(torch.zeros(3), finer.ConvergenceDelta, scale: scale);
    }

    [Fact]
    public void Chunks_of_steps_change_nothing_but_rounding()
    {
        using var whole = toy.Attribute([Model.words, Model.features]);
        foreach (var size in new[] { 1, 7, 40, 1000 })
        {
            using var chunked = toy.Attribute([Model.words, Model.features], internalBatchSize: size);
            for (var i = 0; i < 2; i++)
            {
                Near.Equal(whole.Attributions[i], chunked.Attributions[i]);
            }
        }
    }

    [Fact]
    public void Each_example_is_attributed_as_if_alone()
    {
        nn.Module[] layers = [Model.words, Model.features];
        using var together = toy.Attribute(layers);
        for (var i = 0; i < 3; i++)
        {
            using var alone = toy.Of(i).Attribute(layers);
            for (var layer = 0; layer < 2; layer++)
            {
                Near.Equal(alone.Attributions[layer], together.Attributions[layer][i..(i + 1)]);
            }
        }
    }

    [Fact]
    public void A_layers_output_gets_what_the_input_of_the_next_layer_gets()
    {
        using var output = toy.Attribute([Model.mixer]);
        using var input = toy.Attribute([Model.splitter], onInput: true);
        Near.Equal(output.Attributions[0], input.Attributions[0]);
    }

    [Fact]
    public void A_layer_of_two_inputs_gets_two_attributions_for_them()
    {
        using var inputs = toy.Attribute([Model.mixer], onInput: true);
        using var both = toy.Attribute([Model.words, Model.features]);
        Near.Equal(both.Attributions[0].sum([1, 2]), inputs.ByLayer.Single()[0].sum(1));
        Near.Equal(both.Attributions[1], inputs.ByLayer.Single()[1]);
    }

    [Fact]
    public void A_layer_that_gives_a_tuple_gets_a_tuple_and_a_list_gets_a_list()
    {
        using var alone = toy.Attribute([Model.splitter]);
        using var many = toy.Attribute([Model.splitter, Model.shortcut]);
        Assert.Equal([2], alone.ByLayer.Select(layer => layer.Count));
        Assert.Equal([2, 1], many.ByLayer.Select(layer => layer.Count));
        Assert.Equal(many.Attributions, many.ByLayer.SelectMany(layer => layer));
    }

    [Fact]
    public void Without_multiplication_it_is_the_mean_gradient()
    {
        using var gradient = toy.Attribute(new LayerIntegratedGradients(Model, [Model.features], multiplyByInputs: false));
        using var product = toy.Attribute([Model.features]);
        var difference = Model.features.call(toy.Values) - Model.features.call(torch.full_like(toy.Values, 0.1));
        Near.Equal(product.Attributions[0], gradient.Attributions[0] * difference);
    }

    [Fact]
    public void A_function_is_explained_like_its_model()
    {
        var function = new LayerIntegratedGradients(inputs => Model.call(inputs[0]!, inputs[1]!, inputs[2], inputs[3]), [Model.words]);
        using var ofModel = toy.Attribute([Model.words]);
        using var ofFunction = toy.Attribute(function);
        Near.Equal(ofModel.Attributions[0], ofFunction.Attributions[0], 0);
        Assert.All(Model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_function_of_one_number_per_example_needs_no_target()
    {
        var targets = torch.tensor(toy.Targets.Select(target => (long)target).ToArray()).unsqueeze(1);
        var one = new LayerIntegratedGradients(
            inputs => Model.call(inputs[0]!, inputs[1]!, inputs[2], inputs[3])
                .gather(1, targets.repeat(inputs[0]!.shape[0] / 3, 1)), [Model.words]);
        using var expected = toy.Attribute([Model.words]);
        using var actual = toy.Attribute(one, noTarget: true);
        Near.Equal(expected.Attributions[0], actual.Attributions[0]);
    }
}
