using TorchSharp;
using Vilt.Attribution;

namespace Vilt.Tests.Attribution;

public sealed class ModelInputWrapperTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly ToyExample toy = new();

    public void Dispose()
    {
        toy.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void Has_a_layer_for_each_parameter_of_the_modules_forward()
    {
        var wrapped = new ModelInputWrapper(toy.Model);
        Assert.Equal(["ids", "values", "mask", "temperature"], wrapped.InputMaps.Keys);
        Assert.Same(toy.Model, wrapped.Module);
    }

    [Fact]
    public void Gives_what_the_module_gives_with_inputs_left_out_or_null()
    {
        var wrapped = new ModelInputWrapper(toy.Model);
        Near.Equal(toy.Model.call(toy.Ids, toy.Values, null, null), wrapped.Forward(toy.Ids, toy.Values), 0);
        Near.Equal(
            toy.Model.call(toy.Ids, toy.Values, null, toy.Temperature), wrapped.Forward(toy.Ids, toy.Values, null, toy.Temperature), 0);
        Near.Equal(
            toy.Model.call(toy.Ids, toy.Values, toy.Mask, null), wrapped.Forward([toy.Ids, toy.Values, toy.Mask]), 0);
    }

    [Fact]
    public void Switches_mode_with_the_module_and_leaves_it_alive()
    {
        var wrapped = new ModelInputWrapper(toy.Model);
        wrapped.train();
        Assert.True(toy.Model.training);
        Assert.Equal(toy.Model.parameters().Count(), wrapped.parameters().Count());
        wrapped.Dispose();
        Assert.Equal([3, 5], toy.Model.call(toy.Ids, toy.Values, null, null).shape);
    }

    [Fact]
    public void Says_which_modules_there_are_when_a_path_is_wrong()
    {
        var wrapped = new ModelInputWrapper(toy.Model);
        Assert.Same(toy.Model.words, wrapped.GetSubmodule("module.words"));
        var error = Assert.Throws<ArgumentException>(() => wrapped.GetSubmodule("module.word.x"));
        Assert.Contains("no 'word', only words, features", error.Message);
    }
}
