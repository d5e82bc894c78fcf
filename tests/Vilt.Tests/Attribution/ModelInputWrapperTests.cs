using TorchSharp;
using Vilt.Attribution;

namespace Vilt.Tests.Attribution;

public sealed class ModelInputWrapperTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly ToyExample _toy = new();

    public void Dispose()
    {
        _toy.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Has_a_layer_for_each_parameter_of_the_modules_forward()
    {
        ModelInputWrapper wrapped = new(_toy.Model);
        Assert.Equal(["ids", "values", "mask", "temperature"], wrapped.InputMaps.Keys);
        Assert.Same(_toy.Model, wrapped.Module);
    }

    [Fact]
    public void Gives_what_the_module_gives_with_inputs_left_out_or_null()
    {
        ModelInputWrapper wrapped = new(_toy.Model);
        Near.Equal(_toy.Model.call(_toy.Ids, _toy.Values, null, null), wrapped.Forward(_toy.Ids, _toy.Values), 0);
        Near.Equal(
            _toy.Model.call(_toy.Ids, _toy.Values, null, _toy.Temperature), wrapped.Forward(_toy.Ids, _toy.Values, null, _toy.Temperature), 0);
        Near.Equal(
            _toy.Model.call(_toy.Ids, _toy.Values, _toy.Mask, null), wrapped.Forward([_toy.Ids, _toy.Values, _toy.Mask]), 0);
    }

    [Fact]
    public void Switches_mode_with_the_module_and_leaves_it_alive()
    {
        ModelInputWrapper wrapped = new(_toy.Model);
        wrapped.train();
        Assert.True(_toy.Model.training);
        Assert.Equal(_toy.Model.parameters().Count(), wrapped.parameters().Count());
        wrapped.Dispose();
        Assert.Equal([3, 5], _toy.Model.call(_toy.Ids, _toy.Values, null, null).shape);
    }

    [Fact]
    public void Says_which_modules_there_are_when_a_path_is_wrong()
    {
        ModelInputWrapper wrapped = new(_toy.Model);
        Assert.Same(_toy.Model.words, wrapped.GetSubmodule("module.words"));
        ArgumentException error = Assert.Throws<ArgumentException>(() => wrapped.GetSubmodule("module.word.x"));
        Assert.Contains("no 'word', only words, features", error.Message);
    }
}
