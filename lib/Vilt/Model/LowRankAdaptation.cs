using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>
/// Low-rank adaptation (LoRA; Hu et al. 2021, https://arxiv.org/abs/2106.09685) of queries, keys and values: their weights stay as they are,
/// and only a product of two thin matrices is learned, which is added to each. Gradients, moments and what is kept of a run are then those
/// of a few thousandths of the weights.
/// </summary>
public static class LowRankAdaptation
{
    /// <summary>Adds such products to a model. Of its own weights only those of the answer head learn from now on.</summary>
    /// <param name="model">The model; its answers do not change, since the products begin as 0.</param>
    /// <param name="rank">Width of the thin matrices, 1 or more; 8 to 16 are usual.</param>
    /// <param name="seed">Seed of their random beginnings.</param>
    /// <exception cref="InvalidOperationException">The model has them already.</exception>
    public static void AddTo(ViltForQuestionAnswering model, int rank, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rank);
        foreach (var (name, weight) in model.named_parameters())
        {
            weight.requires_grad_(name.StartsWith("classifier.", StringComparison.Ordinal));
        }

        manual_seed(seed).Dispose();
        foreach (var attention in Attentions(model))
        {
            attention.Adapt(rank);
        }
    }

    /// <summary>A copy of a model, of the plain shape, into whose weights the products are added.</summary>
    /// <param name="model">The adapted model, which stays as it is.</param>
    /// <returns>The copy, on the same device; the caller disposes it.</returns>
    public static ViltForQuestionAnswering Merged(ViltForQuestionAnswering model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var merged = new ViltForQuestionAnswering(model.Config, seed: null); // outside the scope, which would free its weights
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        merged.to(model.parameters().First().device);
        var weights = model.state_dict();
        foreach (var (name, weight) in merged.state_dict())
        {
            weight.copy_(weights[name]);
        }

        foreach (var (plain, adapted) in Attentions(merged).Zip(Attentions(model)))
        {
            plain.AddUpdatesOf(adapted);
        }

        merged.train(model.training);
        return merged;
    }

    private static IEnumerable<SelfAttention> Attentions(ViltForQuestionAnswering model) => model.modules().OfType<SelfAttention>();
}

/// <summary>What is added to a linear layer: x·Aᵀ·Bᵀ.</summary>
internal sealed class LowRankUpdate : nn.Module<Tensor, Tensor>
{
    private readonly Linear a;
    private readonly Linear b;

    internal LowRankUpdate(Linear layer, int rank) : base(nameof(LowRankUpdate))
    {
        var (outputs, inputs, device) = (layer.weight!.shape[0], layer.weight.shape[1], layer.weight.device);
        a = nn.Linear(inputs, rank, hasBias: false, device: device);
        b = nn.Linear(rank, outputs, hasBias: false, device: device);
        nn.init.zeros_(b.weight!);
        RegisterComponents();
    }

    /// <summary>(…, inputs) → (…, outputs)</summary>
    public override Tensor forward(Tensor x) => b.Apply(a.Apply(x));

    /// <summary>B·A, (outputs, inputs).</summary>
    internal Tensor Product() => b.weight!.matmul(a.weight!);
}
