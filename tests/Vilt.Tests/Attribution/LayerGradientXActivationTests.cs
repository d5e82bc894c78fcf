using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class LayerGradientXActivationTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly ToyExample _toy = new();

    private ToyModel Model => _toy.Model;

    public void Dispose()
    {
        _toy.Dispose();
        _scope.Dispose();
    }

    private AttributionResult Attribute(IReadOnlyList<nn.Module> layers, bool onInput = false) =>
        new LayerGradientXActivation(Model, layers).Attribute([_toy.Ids, _toy.Values], _toy.Targets, [_toy.Mask, null], onInput);

    [Fact]
    public void A_linear_model_gets_weight_times_input()
    {
        using nn.Module<Tensor, Tensor> linear = nn.Linear(3, 2);
        ModelInputWrapper wrapped = new(linear);
        using AttributionResult result = new LayerGradientXActivation(wrapped, [.. wrapped.InputMaps.Values]).Attribute([_toy.Values], target: 1);
        Near.Equal(linear.parameters().First()[1] * _toy.Values, result.Attributions[0]);
    }

    [Fact]
    public void Layers_behind_each_other_are_attributed_as_if_alone()
    {
        using AttributionResult both = Attribute([Model.words, Model.splitter]);
        using AttributionResult words = Attribute([Model.words]), splitter = Attribute([Model.splitter]);
        Assert.Equal([1, 2], both.ByLayer.Select(layer => layer.Count));
        Near.Equal(words.Attributions[0], both.Attributions[0]);
        Near.Equal(splitter.Attributions[1], both.Attributions[2]);
    }

    [Fact]
    public void A_value_that_the_model_changes_in_place_counts_as_it_was()
    {
        LayerGradientXActivation inPlace = new(inputs => Model.features.call(inputs[0]!).tanh_().sum(1), [Model.features]);
        LayerGradientXActivation fresh = new(inputs => Model.features.call(inputs[0]!).tanh().sum(1), [Model.features]);
        using AttributionResult actual = inPlace.Attribute([_toy.Values]), expected = fresh.Attribute([_toy.Values]);
        Near.Equal(expected.Attributions[0], actual.Attributions[0]);
    }

    [Fact]
    public void A_layers_output_gets_what_the_input_of_the_next_layer_gets()
    {
        using AttributionResult output = Attribute([Model.mixer]), input = Attribute([Model.splitter], onInput: true);
        Near.Equal(output.Attributions[0], input.Attributions[0]);
    }

    [Fact]
    public void Nothing_is_left_behind_in_the_model_or_the_memory()
    {
        Attribute([Model.words]).Dispose();
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (torch.no_grad()) Attribute([Model.words, Model.features]).Dispose();
        Assert.Throws<InvalidOperationException>(() => Attribute([Model.words, Model.unused]));
        Assert.Throws<ArgumentException>(() => Attribute([Model.words], onInput: true));
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.All(Model.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.grad is null));
    }
}
