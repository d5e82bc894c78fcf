using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>What a ViLT model takes, checked before torch sees it: torch's own failures name no argument, and some end the process.</summary>
internal readonly record struct ViltInputs(
    Tensor InputIds, Tensor PixelValues, Tensor? AttentionMask = null, Tensor? PixelMask = null, Tensor? TokenTypeIds = null)
{
    /// <param name="config">The model's configuration.</param>
    /// <param name="looksUpIds">Whether the model's own word table is in place, so that ids are looked up.</param>
    internal void Check(ViltConfig config, bool looksUpIds)
    {
        CheckText(config, looksUpIds);
        CheckPixels(config);
        long batch = InputIds.shape[0], length = InputIds.shape[1];
        CheckShape(AttentionMask, "attentionMask", batch, length);
        CheckShape(TokenTypeIds, "tokenTypeIds", batch, length);
        CheckIds(TokenTypeIds, "tokenTypeIds", config.TypeVocabSize);
        CheckShape(PixelMask, "pixelMask", batch, PixelValues.shape[2], PixelValues.shape[3]);
    }

    private void CheckText(ViltConfig config, bool looksUpIds)
    {
        ArgumentNullException.ThrowIfNull(InputIds, "inputIds");
        var areEmbeddings = InputIds.is_floating_point();
        if (areEmbeddings ? InputIds.dim() != 3 || InputIds.shape[2] != config.HiddenSize : InputIds.dim() != 2)
        {
            Fail("inputIds", $"int64 (batch, tokens), or embeddings (batch, tokens, {config.HiddenSize})", InputIds);
        }

        if (InputIds.shape[0] == 0 || InputIds.shape[1] == 0)
        {
            Fail("inputIds", "at least one text of one token", InputIds);
        }

        if (InputIds.shape[1] > config.MaxPositionEmbeddings)
        {
            Fail("inputIds", $"at most {config.MaxPositionEmbeddings} tokens", InputIds);
        }

        if (looksUpIds && !areEmbeddings)
        {
            CheckIds(InputIds, "inputIds", config.VocabSize);
        }
    }

    private void CheckPixels(ViltConfig config)
    {
        ArgumentNullException.ThrowIfNull(PixelValues, "pixelValues");
        long patch = config.PatchSize;
        if (PixelValues.dim() != 4 || PixelValues.shape[1] != config.NumChannels || !PixelValues.is_floating_point())
        {
            Fail("pixelValues", $"floating-point (batch, {config.NumChannels}, height, width)", PixelValues);
        }

        if (PixelValues.shape[0] != InputIds.shape[0])
        {
            Fail("pixelValues", $"as many pictures as texts ({InputIds.shape[0]})", PixelValues);
        }

        if (PixelValues.shape[2..].Any(side => side == 0 || side % patch != 0))
        {
            Fail("pixelValues", $"height and width that are multiples of the patch size {patch}", PixelValues);
        }
    }

    private static void CheckShape(Tensor? value, string name, params long[] shape)
    {
        if (value is not null && !value.shape.SequenceEqual(shape))
        {
            Fail(name, $"({string.Join(", ", shape)})", value);
        }
    }

    private static void CheckIds(Tensor? ids, string name, int count)
    {
        if (ids is null)
        {
            return;
        }

        if (ids.dtype is not (ScalarType.Int64 or ScalarType.Int32))
        {
            Fail(name, "int64", ids);
        }

        if (ids.device_type == DeviceType.META)
        {
            return; // no values to check
        }

        using var scope = NewDisposeScope();
        var (least, most) = (ids.min().to(int64).item<long>(), ids.max().to(int64).item<long>());
        if (least < 0 || most >= count)
        {
            throw new ArgumentException($"{name} holds {(least < 0 ? least : most)}; expected ids from 0 to {count - 1}.", name);
        }
    }

    private static void Fail(string name, string expected, Tensor value) =>
        throw new ArgumentException($"{name} is {value.dtype} ({string.Join(", ", value.shape)}); expected {expected}.", name);
}
