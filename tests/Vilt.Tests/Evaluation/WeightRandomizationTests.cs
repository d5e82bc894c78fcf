using TorchSharp;
using Vilt.Attribution;
using Vilt.Evaluation;
using Vilt.Tests.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Evaluation;

public sealed class WeightRandomizationTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly ToyExample toy = new();

    public void Dispose()
    {
        toy.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void A_cascade_changes_one_layer_after_the_other_from_the_head_and_gives_all_back()
    {
        var before = Weights();
        List<string> changed = [];
        foreach (var layer in new WeightRandomization(toy.Model).Cascading())
        {
            changed.Add(layer);
            Assert.Equal(changed.SelectMany(ParametersOf).Order(), Changed(before).Order());
        }

        Assert.Equal(["shortcut", "head", "unused", "features", "words"], changed);
        Assert.Empty(Changed(before));
    }

    [Fact]
    public void Independently_each_layer_is_changed_alone_to_the_same_values()
    {
        var before = Weights();
        Dictionary<string, Tensor> cascaded = [];
        foreach (var layer in new WeightRandomization(toy.Model, seed: 3).Cascading())
        {
            cascaded[layer] = First(layer);
        }

        foreach (var layer in new WeightRandomization(toy.Model, seed: 3).Independent())
        {
            Assert.Equal(ParametersOf(layer).Order(), Changed(before).Order());
            Near.Equal(cascaded[layer], First(layer), 0);
        }

        Assert.Empty(Changed(before));
        foreach (var layer in new WeightRandomization(toy.Model, seed: 4).Independent())
        {
            Assert.True((cascaded[layer] - First(layer)).abs().max().item<float>() > 1e-3);
        }
    }

    [Fact]
    public void Weights_are_given_back_if_it_is_left_early_or_by_an_error()
    {
        var before = Weights();
        foreach (var layer in new WeightRandomization(toy.Model).Cascading())
        {
            if (layer == "head")
            {
                break;
            }
        }

        Assert.Empty(Changed(before));
        Assert.Throws<FormatException>(() =>
        {
            foreach (var layer in new WeightRandomization(toy.Model).Independent())
            {
                throw new FormatException(layer);
            }
        });
        Assert.Empty(Changed(before));
    }

    [Fact]
    public void New_weights_have_the_old_ones_mean_and_deviation_and_nothing_is_left_behind()
    {
        using var wide = nn.Linear(200, 100);
        using (no_grad())
        {
            wide.weight!.mul_(3).add_(0.5);
        }

        var (mean, deviation) = (wide.weight!.mean().item<float>(), wide.weight.std().item<float>());
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        foreach (var layer in new WeightRandomization(wide, layers: ["weight"]).Cascading())
        {
            using var inner = torch.NewDisposeScope();
            Assert.Equal(mean, wide.weight.mean().item<float>(), 0.01f);
            Assert.Equal(deviation, wide.weight.std().item<float>(), 0.01f);
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(wide.weight.requires_grad && wide.weight.grad is null);
    }

    [Fact]
    public void Lists_of_modules_count_by_their_items_and_paths_may_be_given()
    {
        using var vilt = new GoldenVilt();
        Assert.Equal(["classifier", "vilt"], new WeightRandomization(vilt.Model).Layers);
        var layers = vilt.Model.LayersFromHead;
        Assert.Equal(["classifier", "vilt.pooler", "vilt.layernorm"], layers.Take(3));
        Assert.Equal("vilt.embeddings", layers[^1]);
        Assert.Equal($"vilt.encoder.layer.{vilt.Model.Config.NumHiddenLayers - 1}", layers[3]);
        var names = vilt.Model.named_parameters().Select(one => one.name);
        Assert.All(names, name => Assert.Single(layers, layer => name.StartsWith(layer + ".", StringComparison.Ordinal)));
        var encoder = vilt.Model.GetSubmodule("vilt.encoder");
        Assert.Equal(vilt.Model.Config.NumHiddenLayers, new WeightRandomization(encoder).Layers.Count);
        Assert.Equal("layer.0", new WeightRandomization(encoder).Layers[^1]);
    }

    [Fact]
    public void A_layer_that_is_not_there_is_refused() => Assert.Contains(
        "'heads' has no parameters; the model has words.weight", Assert.Throws<ArgumentException>(
            () => new WeightRandomization(toy.Model, layers: ["heads"])).Message);

    private Dictionary<string, Tensor> Weights() =>
        toy.Model.named_parameters().ToDictionary(one => one.name, one => one.parameter.detach().clone());

    private IEnumerable<string> Changed(Dictionary<string, Tensor> before) =>
        toy.Model.named_parameters().Where(one => !one.parameter.equal(before[one.name]).all().item<bool>()).Select(one => one.name);

    private IEnumerable<string> ParametersOf(string layer) =>
        toy.Model.named_parameters().Select(one => one.name).Where(name => name.StartsWith(layer + ".", StringComparison.Ordinal));

    private Tensor First(string layer) => toy.Model.GetSubmodule(layer).parameters().First().detach().clone();
}
