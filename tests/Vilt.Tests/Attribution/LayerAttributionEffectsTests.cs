using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

/// <summary>An attribution leaves nothing changed or left over, tells of its progress, can be stopped, and stays on its device.</summary>
public sealed class LayerAttributionEffectsTests : IDisposable
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
    public void A_value_that_the_model_changes_in_place_or_disposes_counts_as_it_was()
    {
        var inPlace = new LayerIntegratedGradients(InPlace, [Model.features]);
        var fresh = new LayerIntegratedGradients(inputs => Model.features.call(inputs[0]!).tanh().sum(1), [Model.features]);
        using var actual = inPlace.Attribute([toy.Values], cancellationToken: TestContext.Current.CancellationToken);
        using var expected = fresh.Attribute([toy.Values], cancellationToken: TestContext.Current.CancellationToken);
        Near.Equal(expected.Attributions[0], actual.Attributions[0]);

        Tensor InPlace(IReadOnlyList<Tensor?> inputs)
        {
            using var value = Model.features.call(inputs[0]!);
            return value.tanh_().sum(1);
        }
    }

    [Fact]
    public void The_model_is_left_as_it_was_also_after_an_error()
    {
        Model.train();
        Model.head.parameters().First().requires_grad = false;
        bool[] asking = [.. Model.parameters().Select(parameter => parameter.requires_grad)];
        var before = Model.words.call(toy.Ids).detach();
        using (torch.no_grad())
        {
            toy.Attribute([Model.words]).Dispose();
            Assert.Throws<ArgumentException>(() => toy.Attribute([Model.words], targets: [0, 1, 9]));
            Assert.Throws<InvalidOperationException>(() => toy.Attribute([Model.words, Model.unused]));
            Assert.False(torch.is_grad_enabled());
        }

        Assert.True(torch.is_grad_enabled());
        Assert.True(Model.training && Model.words.training);
        Assert.Equal(asking, Model.parameters().Select(parameter => parameter.requires_grad));
        Assert.All(Model.parameters(), parameter => Assert.Null(parameter.grad));
        Near.Equal(before, Model.words.call(toy.Ids), 0);
    }

    [Fact]
    public void Progress_is_told_and_cancellation_heard_at_every_chunk()
    {
        using var source = new CancellationTokenSource();
        List<AttributionProgress> told = [];
        var attribution = new LayerIntegratedGradients(Model, [Model.words]);
        Assert.Throws<OperationCanceledException>(() => attribution.Attribute(
            [toy.Ids, toy.Values], target: 1, nSteps: 5, internalBatchSize: 6,
            progress: new Listener<AttributionProgress>(Hear), cancellationToken: source.Token));
        Assert.Equal([new AttributionProgress(2, 5), new AttributionProgress(4, 5)], told);

        void Hear(AttributionProgress value)
        {
            told.Add(value);
            if (value.StepsDone == 4)
            {
                source.Cancel();
            }
        }
    }

    [Fact]
    public void Fifty_attributions_leave_no_tensor_behind()
    {
        toy.Attribute([Model.words, Model.features]).Dispose();
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 50; i++)
        {
            toy.Attribute([Model.words, Model.features], nSteps: 9, internalBatchSize: 6).Dispose();
            Assert.Throws<ArgumentException>(() => toy.Attribute([Model.words], targets: [5, 5, 5]));
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void The_result_outlives_the_callers_scope_until_disposed()
    {
        IntegratedGradientsResult result;
        using (torch.NewDisposeScope())
        {
            result = toy.Attribute([Model.words]);
        }

        Assert.False(result.Attributions[0].IsInvalid || result.ConvergenceDelta.IsInvalid);
        result.Dispose();
        Assert.True(result.Attributions[0].IsInvalid && result.ConvergenceDelta.IsInvalid);
    }

    [Fact]
    public void It_runs_on_the_meta_device()
    {
        using var model = new ToyNet();
        model.to(torch.META);
        var wrapped = new ModelInputWrapper(model);
        using var result = new LayerIntegratedGradients(wrapped, [wrapped.InputMaps["picture"]])
            .Attribute([torch.zeros(2, 1, 6, 6, device: torch.META)], [0.5], target: new[] { 0, 2 }, internalBatchSize: 12,
                cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(result.Attributions, attribution => Assert.Equal(DeviceType.META, attribution.device_type));
        Assert.Equal([2, 1, 6, 6], result.Attributions[0].shape);
        Assert.Equal([2], result.ConvergenceDelta.shape);
    }

    [Fact]
    public void No_tensor_is_made_elsewhere_than_on_the_inputs_device()
    {
        torch.set_default_device(torch.META); // what is made without naming a device lands there, and does not go together with the CPU's
        try
        {
            Assert.Equal(DeviceType.META, torch.zeros(1).device_type);
            using var result = toy.Attribute([Model.words, Model.features], internalBatchSize: 12);
            Assert.All(result.Attributions, attribution => Assert.Equal(DeviceType.CPU, attribution.device_type));
        }
        finally
        {
            torch.set_default_device(torch.CPU);
        }
    }
}
