using TorchSharp.Modules;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>Text to vectors as in BERT: word, position and token type embeddings, summed and normalized.</summary>
internal sealed class TextEmbeddings : nn.Module<Tensor, Tensor?, Tensor>
{
    // A plain module, so that a layer which takes embeddings instead of ids can stand in for it.
    private readonly nn.Module<Tensor, Tensor> word_embeddings;
    private readonly Embedding position_embeddings;
    private readonly Embedding token_type_embeddings;
    private readonly LayerNorm LayerNorm;
    private readonly Dropout dropout;

    internal TextEmbeddings(ViltConfig config) : base(nameof(TextEmbeddings))
    {
        word_embeddings = Blank.Embedding(config.VocabSize, config.HiddenSize, config.PadTokenId);
        position_embeddings = Blank.Embedding(config.MaxPositionEmbeddings, config.HiddenSize);
        token_type_embeddings = Blank.Embedding(config.TypeVocabSize, config.HiddenSize);
        LayerNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        dropout = nn.Dropout(config.HiddenDropoutProb);
        RegisterComponents();
    }

    /// <summary>The word table, or the layer that stands in for it.</summary>
    internal nn.Module<Tensor, Tensor> WordEmbeddings => word_embeddings;

    /// <summary>Whether ids are looked up here; false once another layer stands in for the word table.</summary>
    internal bool LooksUpIds => word_embeddings is Embedding;

    /// <param name="inputIds">(B, L) ids, or (B, L, D) embeddings that have been looked up already.</param>
    /// <param name="tokenTypeIds">(B, L), or null: all 0.</param>
    /// <returns>(B, L, D)</returns>
    public override Tensor forward(Tensor inputIds, Tensor? tokenTypeIds)
    {
        using var scope = NewDisposeScope();
        long batch = inputIds.shape[0], length = inputIds.shape[1];
        var device = inputIds.device;
        var types = token_type_embeddings.call(tokenTypeIds ?? zeros([batch, length], int64, device)); // (B, L, D)
        var words = (LooksUpIds && inputIds.is_floating_point() ? inputIds : word_embeddings.call(inputIds)).to_type(types.dtype); // (B, L, D)
        var positions = position_embeddings.call(tensor(Enumerable.Range(0, (int)length).Select(i => (long)i).ToArray(), device: device)); // (L, D)
        return dropout.call(LayerNorm.call(words.Plus(types).Plus(positions))).MoveToOuterDisposeScope();
    }
}
