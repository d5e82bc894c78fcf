using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

/// <summary>What holds of every method that is called through the interface.</summary>
public sealed class AttributionMethodTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly ToyExample toy = new();

    private ToyModel Model => toy.Model;

    public void Dispose()
    {
        toy.Dispose();
        scope.Dispose();
    }

    private AttributionArguments Arguments => new([toy.Ids, toy.Values])
    {
        Baselines = [3, 0.1],
        Target = toy.Targets,
        AdditionalForwardArgs = [toy.Mask, toy.Temperature],
        CancellationToken = TestContext.Current.CancellationToken,
    };

    private IAttributionMethod[] Methods =>
    [
        new LayerIntegratedGradients(Model, [Model.words]) { Steps = PathSteps.Fixed(7, QuadratureMethod.RiemannMiddle) },
        new LayerGradientXActivation(Model, [Model.words]),
        new EmbeddedIds(new IntegratedGradients(Embedded), Model.words),
        new EmbeddedIds(new Saliency(Embedded), Model.words),
        new EmbeddedIds(new InputXGradient(Embedded), Model.words),
        new EmbeddedIds(new GradientShap(Embedded), Model.words),
        new NoiseTunnel(new LayerGradientXActivation(Model, [Model.words])),
        new FeatureAblation(Model),
        new ShapleyValues(Model),
        new ShapleyValueSampling(Model) { NSamples = 2 },
        new Occlusion(Model, [[2], [1]]),
    ];

    [Fact]
    public void The_interface_gives_what_the_call_by_captums_names_gives()
    {
        var (ids, values, extra) = (toy.Ids, toy.Values, (Tensor[])[toy.Mask, toy.Temperature]);
        var token = TestContext.Current.CancellationToken;
        using var path = new LayerIntegratedGradients(Model, [Model.words]).Attribute(
            [ids, values], [3, 0.1], toy.Targets, extra, nSteps: 7, method: QuadratureMethod.RiemannMiddle, cancellationToken: token);
        using var gradient = new LayerGradientXActivation(Model, [Model.words]).Attribute([ids, values], toy.Targets, extra);
        using var asPath = Methods[0].Attribute(Arguments);
        using var asGradient = Methods[1].Attribute(Arguments);
        Near.Equal(path.Attributions[0], asPath.Attributions[0], 1e-6);
        Assert.Equal(7, Assert.IsType<IntegratedGradientsResult>(asPath).Steps);
        Near.Equal(gradient.Attributions[0], asGradient.Attributions[0], 1e-6);
    }

    [Fact]
    public void A_call_that_names_steps_or_a_rule_takes_those_in_place_of_the_methods_own()
    {
        var ofThree = new IntegratedGradients(Model.features) { Steps = PathSteps.Fixed(3) };
        Assert.Equal(3, Steps(ofThree));
        Assert.Equal(5, Steps(ofThree, nSteps: 5));
        Assert.Equal(50, Steps(ofThree, method: QuadratureMethod.RiemannLeft));
        Assert.Equal(50, Steps(new IntegratedGradients(Model.features)));

        int Steps(IntegratedGradients gradients, int? nSteps = null, QuadratureMethod? method = null)
        {
            using var result = gradients.Attribute(
                [toy.Values], target: 1, nSteps: nSteps, method: method, cancellationToken: TestContext.Current.CancellationToken);
            return result.Steps;
        }
    }

    [Fact]
    public void Looked_up_ids_are_explained_by_their_embeddings_as_the_embedding_layer_is()
    {
        var onlyWordsMove = Arguments with { Baselines = [3, toy.Values] };
        using var layer = new LayerIntegratedGradients(inputs => Embedded([Model.words.call(inputs[0]!), .. inputs.Skip(1)]), [Model.words])
            .Attribute(onlyWordsMove);
        using var looked = Methods[2].Attribute(onlyWordsMove);
        Near.Equal(layer.Attributions[0], looked.Attributions[0]);
        Assert.Equal([3, 6, 4], looked.Attributions[0].shape);
        Assert.Equal([3, 3], looked.Attributions[1].shape);
    }

    [Fact]
    public void Ids_and_what_is_beside_them_may_have_any_number_of_baselines_where_the_method_draws_from_them()
    {
        var (padding, others) = (torch.full_like(toy.Ids[..2], 3), torch.rand(4, 3));
        var embedded = Arguments with
        {
            Inputs = [Model.words.call(toy.Ids).detach(), toy.Values],
            Baselines = [Model.words.call(padding).detach(), others],
        };
        using AttributionResult expected = new GradientShap(Embedded).Attribute(embedded),
            looked = Methods[5].Attribute(Arguments with { Baselines = [padding, others] });
        Near.Equal(expected.Attributions[0], looked.Attributions[0]);
        Near.Equal(expected.Attributions[1], looked.Attributions[1]);
        Assert.Contains("1 baselines for 2 inputs", Assert.Throws<ArgumentException>(
            () => Methods[5].Attribute(Arguments with { Baselines = [3] })).Message);
        Assert.Contains("baseline of input 1", Assert.Throws<ArgumentException>(
            () => Methods[2].Attribute(Arguments with { Baselines = [3, others] })).Message);
    }

    [Fact]
    public void Every_method_leaves_nothing_behind_and_stops_when_told()
    {
        var arguments = Arguments;
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        foreach (var method in Methods)
        {
            var told = 0;
            var progress = new Listener<AttributionProgress>(_ => told++);
            method.Attribute(arguments with { Progress = progress }).Dispose();
            Assert.True(told > 0);
            Assert.Throws<OperationCanceledException>(() => method.Attribute(arguments with { CancellationToken = new(canceled: true) }));
            Assert.ThrowsAny<ArgumentException>(() => method.Attribute(arguments with { Target = 99 }));
            Assert.All(Model.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.grad is null));
            Assert.True(is_grad_enabled() && Model.named_modules().All(module => !module.module.training));
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void An_output_that_is_NaN_is_refused_by_every_method()
    {
        using (no_grad())
        {
            Model.head.parameters().Last()[0] = double.NaN;
        }

        foreach (var method in Methods)
        {
            Assert.Contains("NaN", Assert.Throws<InvalidOperationException>(() => method.Attribute(Arguments with { Target = 0 })).Message);
        }
    }

    [Fact]
    public void A_gradient_that_is_NaN_is_refused_though_the_output_is_a_number()
    {
        Tensor RootAtZero(IReadOnlyList<Tensor?> inputs) => (inputs[0]! * 0).sqrt().sum(1);
        IAttributionMethod[] methods =
            [new Saliency(RootAtZero), new InputXGradient(RootAtZero), new GradientShap(RootAtZero), new IntegratedGradients(RootAtZero)];
        Assert.All(methods, method => Assert.Contains("gradient of the chosen output with respect to input 0 is NaN", Assert.Throws<InvalidOperationException>(
            () => method.Attribute(new([toy.Values]) { CancellationToken = TestContext.Current.CancellationToken })).Message));
    }

    // (B, L, 4) embeddings, (B, 3) features, (B, L) mask, () temperature → (B, 5)
    private Tensor Embedded(IReadOnlyList<Tensor?> inputs)
    {
        var text = (inputs[0]! * inputs[2]!.unsqueeze(2)).sum(1);
        return Model.head.call(Model.mixer.call(text, Model.features.call(inputs[1]!))) / inputs[3]!;
    }
}
