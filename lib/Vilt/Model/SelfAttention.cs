using TorchSharp;
using TorchSharp.Modules;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>Multi-head scaled dot-product attention (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762).</summary>
internal sealed class SelfAttention : nn.Module<Tensor, long, Tensor, IList<Tensor>?, Tensor>
{
    private readonly int heads;
    private readonly double dropoutProb;
    private readonly Linear query;
    private readonly Linear key;
    private readonly Linear value;
    private LowRankUpdate? queryUpdate, keyUpdate, valueUpdate; // of LowRankAdaptation

    internal SelfAttention(ViltConfig config) : base(nameof(SelfAttention))
    {
        heads = config.NumAttentionHeads;
        dropoutProb = config.AttentionProbsDropoutProb;
        query = Blank.Linear(config.HiddenSize, config.HiddenSize, config.QkvBias);
        key = Blank.Linear(config.HiddenSize, config.HiddenSize, config.QkvBias);
        value = Blank.Linear(config.HiddenSize, config.HiddenSize, config.QkvBias);
        RegisterComponents();
    }

    /// <param name="hidden">(B, S, D)</param>
    /// <param name="queries">How many tokens attend, from the first on, Q; all S can be attended to.</param>
    /// <param name="mask">(B, 1, 1, S), added to the scores: 0 for real tokens, the dtype's minimum for padding.</param>
    /// <param name="attentions">Receives the attention weights (B, H, Q, S) if not null; they rule out the fused computation.</param>
    /// <returns>(B, Q, D)</returns>
    public override Tensor forward(Tensor hidden, long queries, Tensor mask, IList<Tensor>? attentions)
    {
        var q = SplitHeads(Project(query, queryUpdate, hidden.narrow(1, 0, queries))); // (B, H, Q, D/H)
        Tensor k = SplitHeads(Project(key, keyUpdate, hidden)), v = SplitHeads(Project(value, valueUpdate, hidden)); // (B, H, S, D/H)
        var p = training ? dropoutProb : 0;
        // Torch's fused form calls oneDNN for each head and row, and most of the time goes into the calls; on a GPU it does not.
        var wholeProducts = attentions is not null || (q.device_type == DeviceType.CPU && MatrixProducts.OneDnnIsFaster);
        var context = !wholeProducts
            ? nn.functional.scaled_dot_product_attention(q, k, v, mask, p)
            : Attend(q, k, v, mask, p, attentions); // (B, H, Q, D/H)
        return context.transpose(1, 2).flatten(2);
    }

    /// <summary>Adds updates of a rank, which learn instead of the weights.</summary>
    internal void Adapt(int rank)
    {
        if (queryUpdate is not null)
        {
            throw new InvalidOperationException("The model has low-rank updates already: merge them first.");
        }

        register_module("query_update", queryUpdate = new(query, rank));
        register_module("key_update", keyUpdate = new(key, rank));
        register_module("value_update", valueUpdate = new(value, rank));
    }

    /// <summary>Adds another's updates to the weights.</summary>
    internal void AddUpdatesOf(SelfAttention adapted)
    {
        foreach (var (layer, update) in ((Linear, LowRankUpdate?)[])[(query, adapted.queryUpdate), (key, adapted.keyUpdate), (value, adapted.valueUpdate)])
        {
            if (update is not null)
            {
                layer.weight!.Add(update.Product());
            }
        }
    }

    // (B, S, D) → (B, S, D)
    private static Tensor Project(Linear layer, LowRankUpdate? update, Tensor x) =>
        update is null ? layer.Apply(x) : layer.Apply(x).Plus(update.call(x));

    // (B, S, D) → (B, H, S, D/H)
    private Tensor SplitHeads(Tensor x) => x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2);

    private static Tensor Attend(Tensor q, Tensor k, Tensor v, Tensor mask, double p, IList<Tensor>? attentions)
    {
        using var scale = (1 / Math.Sqrt(q.shape[^1])).ToScalar();
        var scores = q.mul(scale).matmul(k.transpose(-2, -1)); // (B, H, Q, S)
        var weights = scores.Plus(mask.to(scores.dtype)).softmax(-1);
        if (p > 0)
        {
            weights = nn.functional.dropout(weights, p);
        }

        attentions?.Add(weights);
        return weights.matmul(v); // (B, H, Q, D/H)
    }
}
