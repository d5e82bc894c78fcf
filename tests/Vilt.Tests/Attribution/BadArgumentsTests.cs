using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class BadArgumentsTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly ToyExample toy = new();

    private ToyModel Model => toy.Model;

    public void Dispose()
    {
        toy.Dispose();
        scope.Dispose();
    }

    private static string Refused<T>(Action attribute)
        where T : Exception => Assert.Throws<T>(attribute).Message;

    private IntegratedGradientsResult Attribute(
        IReadOnlyList<Tensor>? inputs = null, Baseline[]? baselines = null, Target target = default, int nSteps = 4, int? internalBatchSize = null) =>
        new LayerIntegratedGradients(Model, [Model.words]).Attribute(
            inputs ?? [toy.Ids, toy.Values], baselines, target, nSteps: nSteps, internalBatchSize: internalBatchSize,
            cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public void Steps_and_batch_sizes_below_one() // each is refused by the name of the argument
    {
        Assert.Contains("nSteps", Refused<ArgumentOutOfRangeException>(() => Attribute(target: 0, nSteps: 0)));
        Assert.Contains("internalBatchSize", Refused<ArgumentOutOfRangeException>(() => Attribute(target: 0, internalBatchSize: 0)));
    }

    [Fact]
    public void Targets_out_of_range_missing_or_of_another_number()
    {
        Assert.Contains("5 classes", Refused<ArgumentException>(() => Attribute(target: 5)));
        Assert.Contains("-1", Refused<ArgumentException>(() => Attribute(target: -1)));
        Assert.Contains("2 targets for 3 examples", Refused<ArgumentException>(() => Attribute(target: new[] { 0, 1 })));
        Assert.Contains("name a target", Refused<ArgumentException>(() => Attribute()));
        var oneNumber = new LayerIntegratedGradients(inputs => Model.call(inputs[0]!, inputs[1]!, null, null).select(1, 0), [Model.words]);
        Assert.Contains("(examples, classes)", Refused<ArgumentException>(() => toy.Attribute(oneNumber)));
    }

    [Fact]
    public void Baselines_of_another_shape_or_number()
    {
        Assert.Contains("baseline of input 1 has shape (3, 2)", Refused<ArgumentException>(() => Attribute(baselines: [0, torch.ones(3, 2)], target: 0)));
        Assert.Contains("baseline of input 1 has shape (1, 2)", Refused<ArgumentException>(() => Attribute(baselines: [0, torch.ones(1, 2)], target: 0)));
        Assert.Contains("baseline of input 1 has shape (2, 3)", Refused<ArgumentException>(() => Attribute(baselines: [0, torch.ones(2, 3)], target: 0)));
        Assert.Contains("baseline of input 1 has shape ()", Refused<ArgumentException>(() => Attribute(baselines: [0, torch.tensor(1f)], target: 0)));
        Assert.Contains("1 baselines for 2 inputs", Refused<ArgumentException>(() => Attribute(baselines: [0], target: 0)));
    }

    [Fact]
    public void Inputs_missing_or_of_differing_numbers_of_examples()
    {
        Assert.Contains("no inputs", Refused<ArgumentException>(() => Attribute(inputs: [], target: 0)));
        Assert.Contains("Input 1", Refused<ArgumentException>(() => Attribute(inputs: [toy.Ids, toy.Values[..2]], target: 0)));
        Assert.Contains("Input 0", Refused<ArgumentException>(() => Attribute(inputs: [torch.tensor(1L)], target: 0)));
        Assert.Contains("ids, values, mask, temperature", Refused<ArgumentException>(
            () => Attribute(inputs: [toy.Ids, toy.Values, toy.Mask, toy.Mask, toy.Mask], target: 0)));
    }

    [Fact]
    public void A_layer_that_does_not_run_is_named()
    {
        var wrapped = new ModelInputWrapper(Model);
        var attribution = new LayerIntegratedGradients(wrapped, [Model.words, Model.unused]);
        Assert.Contains("module.unused", Refused<InvalidOperationException>(() => toy.Attribute(attribution)));
        var absent = new LayerIntegratedGradients(wrapped, [wrapped.InputMaps["mask"]]);
        Assert.Contains("mask", Refused<InvalidOperationException>(() => absent.Attribute(
            [toy.Ids, toy.Values], target: 0, cancellationToken: TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_layer_that_another_hides_is_named() =>
        Assert.Contains("layer words", Refused<InvalidOperationException>(() => toy.Attribute([Model.words, Model.splitter])));

    [Fact]
    public void A_layer_of_integers_is_named() =>
        Assert.Contains("layer words (its input) has Int64", Refused<ArgumentException>(() => toy.Attribute([Model.words], onInput: true)));

    [Fact]
    public void A_layer_that_runs_twice_is_named()
    {
        using nn.Module<Tensor, Tensor> tanh = nn.Tanh();
        var attribution = new LayerIntegratedGradients(inputs => tanh.call(tanh.call(inputs[0]!)).sum(1), [tanh]);
        Assert.Contains("Tanh runs more than once", Refused<InvalidOperationException>(() => attribution.Attribute(
            [toy.Values], cancellationToken: TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_layer_whose_rows_are_not_the_examples_is_named()
    {
        using nn.Module<Tensor, Tensor> tanh = nn.Tanh();
        var attribution = new LayerIntegratedGradients(inputs => tanh.call(inputs[0]!.flatten()).view_as(inputs[0]!).sum(1), [tanh]);
        Assert.Contains("layer Tanh has shape (9)", Refused<ArgumentException>(() => attribution.Attribute(
            [toy.Values], cancellationToken: TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_model_of_something_else_than_tensors()
    {
        Assert.Contains("wrap it", Refused<ArgumentException>(() => _ = new IntegratedGradients(Model.splitter)));
        Assert.Contains("wrap it", Refused<ArgumentException>(() => _ = new ModelInputWrapper(Model.splitter)));
        using nn.Module list = new TorchSharp.Modules.ModuleList<nn.Module>();
        Assert.Contains("Module<", Refused<ArgumentException>(() => _ = new IntegratedGradients(list)));
        Assert.Contains("no hooks", Refused<ArgumentException>(() => toy.Attribute([list])));
        Assert.Contains("no layer", Refused<ArgumentException>(() => _ = new LayerIntegratedGradients(Model, [])));
    }
}
