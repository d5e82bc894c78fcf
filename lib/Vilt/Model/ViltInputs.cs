using TorchSharp;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>What a ViLT model takes, checked before torch sees it: torch's own failures name no argument, and some end the process.</summary>
internal static class ViltInputs
{
    /// <summary>
    /// The tensors as a batch, each where it is; a mask that was not given is all 1, token types are all 0. Ids are checked where the
    /// model's own word table looks them up.
    /// </summary>
    internal static ViltBatch Checked(
        ViltConfig config, bool looksUpIds, Tensor inputIds, Tensor pixelValues, Tensor? attentionMask, Tensor? pixelMask, Tensor? tokenTypeIds)
    {
        CheckText(inputIds, config, looksUpIds);
        CheckPixels(pixelValues, inputIds.shape[0], config);
        long[] text = inputIds.shape[..2], picture = [pixelValues.shape[0], .. pixelValues.shape[2..]]; // (B, L), (B, H, W)
        CheckShape(attentionMask, "attentionMask", text);
        CheckShape(pixelMask, "pixelMask", picture);
        CheckShape(tokenTypeIds, "tokenTypeIds", text);
        CheckIds(tokenTypeIds, "tokenTypeIds", config.TypeVocabSize);
        return new(
            inputIds, pixelValues,
            attentionMask ?? ones([1], int64, inputIds.device).expand(text),
            pixelMask ?? ones([1], int64, pixelValues.device).expand(picture),
            tokenTypeIds ?? zeros([1], int64, inputIds.device).expand(text));
    }

    private static void CheckText(Tensor inputIds, ViltConfig config, bool looksUpIds)
    {
        ArgumentNullException.ThrowIfNull(inputIds);
        var areEmbeddings = inputIds.is_floating_point();
        if (areEmbeddings ? inputIds.dim() != 3 || inputIds.shape[2] != config.HiddenSize : inputIds.dim() != 2)
        {
            Fail("inputIds", $"int64 (batch, tokens), or embeddings (batch, tokens, {config.HiddenSize})", inputIds);
        }

        if (inputIds.shape[0] == 0 || inputIds.shape[1] == 0)
        {
            Fail("inputIds", "at least one text of one token", inputIds);
        }

        if (inputIds.shape[1] > config.MaxPositionEmbeddings)
        {
            Fail("inputIds", $"at most {config.MaxPositionEmbeddings} tokens", inputIds);
        }

        if (looksUpIds && !areEmbeddings)
        {
            CheckIds(inputIds, "inputIds", config.VocabSize);
        }
    }

    private static void CheckPixels(Tensor pixelValues, long texts, ViltConfig config)
    {
        ArgumentNullException.ThrowIfNull(pixelValues);
        long patch = config.PatchSize;
        if (pixelValues.dim() != 4 || pixelValues.shape[1] != config.NumChannels || !pixelValues.is_floating_point())
        {
            Fail("pixelValues", $"floating-point (batch, {config.NumChannels}, height, width)", pixelValues);
        }

        if (pixelValues.shape[0] != texts)
        {
            Fail("pixelValues", $"as many pictures as texts ({texts})", pixelValues);
        }

        if (pixelValues.shape[2..].Any(side => side == 0 || side % patch != 0))
        {
            Fail("pixelValues", $"height and width that are multiples of the patch size {patch}", pixelValues);
        }
    }

    private static void CheckShape(Tensor? value, string name, long[] shape)
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
