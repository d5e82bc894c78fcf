using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class LayerGradientXActivationTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly ToyExample toy = new();

    private ToyModel Model => toy.Model;

    public void Dispose()
    {
        toy.Dispose();
        scope.Dispose();
    }

    private AttributionResult Attribute(IReadOnlyList<nn.Module> layers, bool onInput = false) =>
        new LayerGradientXActivation(Model, layers, onInput).Attribute([toy.Ids, toy.Values], toy.Targets, [toy.Mask, null]);

    [Fact]
    public void A_linear_model_gets_weight_times_input()
    {
        using nn.Module<Tensor, Tensor> linear = nn.Linear(3, 2);
        var wrapped = new ModelInputWrapper(linear);
        using var result = new LayerGradientXActivation(wrapped, [.. wrapped.InputMaps.Values]).Attribute([toy.Values], target: 1);
        Near.Equal(linear.parameters().First()[1] * toy.Values, result.Attributions[0]);
    }

    [Fact]
    public void Layers_behind_each_other_are_attributed_as_if_alone()
    {
        using var both = Attribute([Model.words, Model.splitter]);
        using AttributionResult words = Attribute([Model.words]), splitter = Attribute([Model.splitter]);
        Assert.Equal([1, 2], both.ByLayer.Select(layer => layer.Count));
        Near.Equal(words.Attributions[0], both.Attributions[0]);
        Near.Equal(splitter.Attributions[1], both.Attributions[2]);
    }

    [Fact]
    public void A_value_that_the_model_changes_in_place_counts_as_it_was()
    {
        var inPlace = new LayerGradientXActivation(inputs => Model.features.call(inputs[0]!).tanh_().sum(1), [Model.features]);
        var fresh = new LayerGradientXActivation(inputs => Model.features.call(inputs[0]!).tanh().sum(1), [Model.features]);
        using AttributionResult actual = inPlace.Attribute([toy.Values]), expected = fresh.Attribute([toy.Values]);
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
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (torch.no_grad())
        {
            Attribute([Model.words, Model.features]).Dispose();
        }

        Assert.Throws<InvalidOperationException>(() => Attribute([Model.words, Model.unused]));
        Assert.Throws<ArgumentException>(() => Attribute([Model.words], onInput: true));
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.All(Model.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.grad is null));
    }
}
