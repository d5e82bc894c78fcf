using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

/// <summary>A toy model, a batch of three for it, and its attribution with baselines that are not 0.</summary>
internal sealed class ToyExample : IDisposable
{
    internal ToyExample()
    {
        torch.random.manual_seed(1);
        Model = new ToyModel();
        Model.eval();
        Ids = torch.randint(0, 11, [3, 6], dtype: ScalarType.Int64);
        Values = torch.randn(3, 3);
        Mask = torch.tensor(new float[,] { { 1, 1, 1, 1, 1, 1 }, { 1, 1, 1, 0, 0, 0 }, { 1, 1, 1, 1, 1, 0 } });
    }

    private ToyExample(ToyModel model, Tensor ids, Tensor values, Tensor mask, int[] targets) =>
        (Model, Ids, Values, Mask, Targets) = (model, ids, values, mask, targets);

    internal ToyModel Model { get; }

    internal Tensor Ids { get; } // (3, 6)

    internal Tensor Values { get; } // (3, 3)

    internal Tensor Mask { get; } // (3, 6)

    internal int[] Targets { get; } = [0, 3, 4];

    internal Tensor Temperature { get; } = torch.tensor(2f); // ()

    public void Dispose() => Model.Dispose();

    internal ToyExample Of(int i) => new(Model, Ids[i..(i + 1)], Values[i..(i + 1)], Mask[i..(i + 1)], [Targets[i]]);

    /// <summary>The chosen output of each example, (3).</summary>
    internal Tensor Outputs(Tensor ids, Tensor values)
    {
        var targets = torch.tensor(Targets.Select(target => (long)target).ToArray()).unsqueeze(1);
        return Model.call(ids, values, Mask, Temperature).gather(1, targets).squeeze(1).detach();
    }

    internal IntegratedGradientsResult Attribute(
        IReadOnlyList<nn.Module> layers, int[]? targets = null, bool onInput = false, int nSteps = 40, int? internalBatchSize = null) =>
        new LayerIntegratedGradients(Model, layers, attributeToLayerInput: onInput).Attribute(
            [Ids, Values], [3, 0.1], targets ?? Targets, [Mask, Temperature], nSteps, internalBatchSize: internalBatchSize,
            cancellationToken: TestContext.Current.CancellationToken);

    internal IntegratedGradientsResult Attribute(LayerIntegratedGradients attribution, int nSteps = 40, bool noTarget = false) =>
        attribution.Attribute(
            [Ids, Values], [3, 0.1], noTarget ? default : Targets, [Mask, Temperature], nSteps,
            cancellationToken: TestContext.Current.CancellationToken);
}
