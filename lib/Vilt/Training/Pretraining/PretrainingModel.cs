using TorchSharp.Modules;
using Vilt.Model;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Training.Pretraining;

/// <summary>
/// A masked-language model with the heads that only pre-training needs: image-text matching (ViLT paper, section 3.2) and, where
/// names are known, the naming of patches.
/// </summary>
internal sealed class PretrainingModel : nn.Module<PretrainingBatch, Tensor>
{
    /// <summary>The label that stands for none, as in torch's cross-entropy.</summary>
    public const long NoName = -100;

    private readonly ViltForMaskedLM model;
    private readonly Linear itm_score;
    private readonly Sequential? patch_score;

    public PretrainingModel(ViltForMaskedLM model, int? patchNames) : base(nameof(PretrainingModel))
    {
        this.model = model;
        itm_score = nn.Linear(model.Config.HiddenSize, 2);
        var width = model.Config.HiddenSize;
        patch_score = patchNames is int count ? nn.Sequential(nn.LayerNorm(width), nn.Linear(width, count)) : null;
        RegisterComponents();
    }

    /// <param name="batch">On the model's device.</param>
    /// <returns>The sum of the losses, ().</returns>
    public override Tensor forward(PretrainingBatch batch)
    {
        var inputs = batch.Inputs;
        var body = model.Body.forward(
            inputs.InputIds, inputs.PixelValues, inputs.AttentionMask, inputs.PixelMask, inputs.TokenTypeIds,
            outputHiddenStates: patch_score is not null);
        var length = (int)inputs.InputIds.shape[1];
        var loss = nn.functional.cross_entropy(itm_score.call(body.PoolerOutput), batch.Matches);
        if (batch.MaskedIds.shape[0] > 0)
        {
            // An answer head will read the pooler's output and not the state at [CLS], so words there are predicted from it.
            var text = cat([body.PoolerOutput.unsqueeze(1), body.LastHiddenState.narrow(1, 1, length - 1)], dim: 1).flatten(0, 1); // (B·L, D)
            var words = model.Head.call(text.index_select(0, batch.MaskedPositions)); // (M, vocabulary)
            loss = loss.Plus(nn.functional.cross_entropy(words, batch.MaskedIds));
        }

        if (patch_score is not null)
        {
            // Halfway up, so that the blocks above can use the names to answer.
            var hidden = body.HiddenStates![model.Config.NumHiddenLayers / 2]; // (B, S, D)
            var names = patch_score.call(hidden.narrow(1, length + 1, batch.PatchNames!.shape[1])); // (B, P, names)
            loss = loss.Plus(nn.functional.cross_entropy(names.flatten(0, 1), batch.PatchNames.flatten(), ignore_index: NoName));
        }

        return loss;
    }

    /// <summary>Frees what is not part of the model.</summary>
    public void DisposeHeads()
    {
        itm_score.Dispose();
        patch_score?.Dispose();
    }
}
