using TorchSharp.Modules;
using Vilt.Native;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>Text and patch embeddings, each with its modality's vector added, joined into one sequence (ViLT paper, section 3).</summary>
internal sealed class ViltEmbeddings : nn.Module<ViltInputs, bool, (Tensor Embeddings, Tensor Mask)>
{
    private const int TextModality = 0, ImageModality = 1; // transformers' image_token_type_idx

    private readonly ViltConfig config;
    private readonly TextEmbeddings text_embeddings;
    private readonly Parameter cls_token;
    private readonly PatchEmbeddings patch_embeddings;
    private readonly Parameter position_embeddings;
    private readonly Embedding token_type_embeddings;
    private readonly Dropout dropout;

    internal ViltEmbeddings(ViltConfig config) : base(nameof(ViltEmbeddings))
    {
        this.config = config;
        text_embeddings = new(config);
        cls_token = new(empty(1, 1, config.HiddenSize));
        patch_embeddings = new(config);
        position_embeddings = new(empty(1, config.GridSize * config.GridSize + 1, config.HiddenSize));
        token_type_embeddings = Blank.Embedding(config.ModalityTypeVocabSize, config.HiddenSize);
        dropout = nn.Dropout(config.HiddenDropoutProb);
        RegisterComponents();
    }

    internal nn.Module<Tensor, Tensor> WordEmbeddings => text_embeddings.WordEmbeddings;

    /// <param name="inputs">Text of L tokens and pictures of at most P patches.</param>
    /// <param name="dropTextPadding">Whether L shrinks to about the longest text; the mask hides the rest from all other tokens.</param>
    /// <returns>Embeddings (B, L + 1 + P, D) and mask (B, L + 1 + P) with 1 for real tokens and patches.</returns>
    public override (Tensor Embeddings, Tensor Mask) forward(ViltInputs inputs, bool dropTextPadding)
    {
        using var scope = NewDisposeScope();
        inputs.Check(config, text_embeddings.LooksUpIds);
        var text = text_embeddings.call(inputs.InputIds, inputs.TokenTypeIds); // (B, L, D)
        var textMask = inputs.AttentionMask?.to(int64, text.device) ?? ones(text.shape[..2], int64, text.device);
        var (image, imageMask) = EmbedImages(inputs.PixelValues, inputs.PixelMask); // (B, 1 + P, D)
        if (dropTextPadding)
        {
            // Not before the word table: attributions to its output must cover all L tokens.
            var length = Math.Min(text.shape[1], RoundUp(ViltBatch.LongestText(textMask) + image.shape[1]) - image.shape[1]);
            (text, textMask) = (text.narrow(1, 0, length), textMask.narrow(1, 0, length));
        }

        var modalities = token_type_embeddings.call(tensor(new long[] { TextModality, ImageModality }, device: text.device)); // (2, D)
        var joined = cat([text.Plus(modalities[0]), image.Plus(modalities[1])], dim: 1); // (B, L + 1 + P, D)
        return scope.MoveToOuter(joined, cat([textMask, imageMask], dim: 1));
    }

    // oneDNN compiles its products for each size and keeps them: hundreds of MB, if for every length that texts and pictures have.
    private static long RoundUp(long length) => (length + 7) / 8 * 8;

    private (Tensor Embeddings, Tensor Mask) EmbedImages(Tensor pixelValues, Tensor? pixelMask)
    {
        var grid = patch_embeddings.call(pixelValues); // (B, D, h, w)
        int batch = (int)grid.shape[0], height = (int)grid.shape[2], width = (int)grid.shape[3];
        var selection = PatchSelection.From(pixelMask, batch, height, width, config);

        var patches = Flatten(grid).Plus(Positions(selection, height, width)); // (B, h·w, D)
        var indices = tensor(selection.Indices, device: grid.device); // (B·P)
        patches = patches.flatten(0, 1).index_select(0, indices).view(batch, selection.Length, -1); // (B, P, D)
        var start = cls_token.Plus(position_embeddings[TensorIndex.Colon, TensorIndex.Slice(0, 1)]).expand(batch, -1, -1); // (B, 1, D)
        var mask = tensor(selection.Mask, [batch, selection.Length], device: grid.device);
        return (dropout.call(cat([start, patches], dim: 1)), cat([ones([batch, 1], int64, grid.device), mask], dim: 1));
    }

    /// <summary>The position table, stretched over each picture's real patches; 0 on padding. (B or 1, h·w, D)</summary>
    private Tensor Positions(PatchSelection selection, int height, int width)
    {
        var table = position_embeddings[TensorIndex.Colon, TensorIndex.Slice(1)]; // (1, G·G, D)
        table = table.transpose(1, 2).reshape(1, -1, config.GridSize, config.GridSize); // (1, D, G, G)
        Dictionary<(int, int), Tensor> stretched = [];
        List<Tensor> perPicture = [];
        foreach (var (rows, columns) in selection.Rows.Zip(selection.Columns))
        {
            if (!stretched.TryGetValue((rows, columns), out var positions))
            {
                positions = nn.functional.interpolate(table, [rows, columns], mode: InterpolationMode.Bilinear, align_corners: true);
                positions = Flatten(nn.functional.pad(positions, (0, width - columns, 0, height - rows))); // (1, h·w, D)
                stretched.Add((rows, columns), positions);
            }

            perPicture.Add(positions);
        }

        return stretched.Count == 1 ? perPicture[0] : cat(perPicture, dim: 0);
    }

    /// <summary>(B, D, h, w) → (B, h·w, D)</summary>
    private static Tensor Flatten(Tensor grid) => grid.flatten(2).transpose(1, 2);
}
