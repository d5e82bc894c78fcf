using TorchSharp.Modules;
using Vilt.Model;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>
/// A masked-language model with the heads that only pre-training needs: image-text matching (ViLT paper, section 3.2) and, where
/// names are known, the naming of patches.
/// </summary>
internal sealed class PretrainingModel : nn.Module<PretrainingBatch, Tensor>
{
    /// <summary>The label of what has none, as in torch's cross-entropy.</summary>
    public const long NoName = -100;

    private readonly ViltForMaskedLM model;
    private readonly Linear itm_score;
    private readonly Linear? patch_score;

    public PretrainingModel(ViltForMaskedLM model, int? patchNames) : base(nameof(PretrainingModel))
    {
        this.model = model;
        itm_score = nn.Linear(model.Config.HiddenSize, 2);
        patch_score = patchNames is int count ? nn.Linear(model.Config.HiddenSize, count) : null;
        RegisterComponents();
    }

    /// <param name="batch">On the model's device.</param>
    /// <returns>The sum of the losses, ().</returns>
    public override Tensor forward(PretrainingBatch batch)
    {
        ViltModelOutput body = model.Body.call(
            batch.Inputs.InputIds, batch.Inputs.PixelValues, batch.Inputs.AttentionMask, batch.Inputs.PixelMask, batch.Inputs.TokenTypeIds);
        int length = (int)batch.Inputs.InputIds.shape[1];
        Tensor loss = nn.functional.cross_entropy(itm_score.call(body.PoolerOutput), batch.Matches);
        if (batch.MaskedIds.shape[0] > 0)
        {
            Tensor text = body.LastHiddenState.narrow(1, 0, length).flatten(0, 1); // (B·L, D)
            Tensor words = model.Head.call(text.index_select(0, batch.MaskedPositions)); // (M, vocabulary)
            loss = loss.Plus(nn.functional.cross_entropy(words, batch.MaskedIds));
        }
        if (patch_score is not null)
        {
            Tensor patches = body.LastHiddenState.narrow(1, length + 1, batch.PatchNames!.shape[1]); // (B, P, D)
            loss = loss.Plus(nn.functional.cross_entropy(
                patch_score.call(patches).flatten(0, 1), batch.PatchNames.flatten(), ignore_index: NoName));
        }
        return loss;
    }

    /// <summary>Frees what is not the model's.</summary>
    public void DisposeHeads()
    {
        itm_score.Dispose();
        patch_score?.Dispose();
    }
}
