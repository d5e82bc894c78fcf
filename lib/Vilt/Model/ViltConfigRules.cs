namespace Vilt.Model;

/// <summary>What a configuration must satisfy before a model is built from it.</summary>
internal static class ViltConfigRules
{
    // Far above any published model: keeps a damaged file from requesting all the memory there is.
    private const int MostLayers = 1000, Most = 1 << 24, MostNumbers = 1 << 29;

    internal static void Check(ViltConfig config)
    {
        CheckSizes(config);
        Require(config.ModelType == "vilt", "model_type", config.ModelType, "vilt");
        Require(config.HiddenAct == "gelu", "hidden_act", config.HiddenAct, "gelu, the only supported activation");
        Require(!config.TieWordEmbeddings, "tie_word_embeddings", config.TieWordEmbeddings, "false");
        Require(config.HiddenSize % config.NumAttentionHeads == 0, "hidden_size", config.HiddenSize,
            $"a multiple of num_attention_heads ({config.NumAttentionHeads})");
        Require(config.ImageSize >= config.PatchSize, "image_size", config.ImageSize, $"patch_size ({config.PatchSize}) or more");
        Require(config.MaxImageLength != 0, "max_image_length", config.MaxImageLength, "a positive number, or -1 for all patches");
        Require(config.ModalityTypeVocabSize >= 2, "modality_type_vocab_size", config.ModalityTypeVocabSize, "2 (text and picture) or more");
        Require(config.PadTokenId is null || (config.PadTokenId >= 0 && config.PadTokenId < config.VocabSize),
            "pad_token_id", config.PadTokenId, $"from 0 to {config.VocabSize - 1}, or absent");
        Require(config.Id2Label.Count > 0, "id2label", "{}", "at least one answer");
        Require(config.Id2Label.All(answer => answer is not null), "id2label", "null", "answers that are text");
        RequireProbability("hidden_dropout_prob", config.HiddenDropoutProb);
        RequireProbability("attention_probs_dropout_prob", config.AttentionProbsDropoutProb);
        Require(config.InitializerRange is >= 0 and < 1e3, "initializer_range", config.InitializerRange, "0 or more");
        Require(config.LayerNormEps is > 0 and < 1, "layer_norm_eps", config.LayerNormEps, "between 0 and 1");
    }

    private static void CheckSizes(ViltConfig config)
    {
        RequireSize("vocab_size", config.VocabSize, Most);
        RequireSize("type_vocab_size", config.TypeVocabSize, Most);
        RequireSize("modality_type_vocab_size", config.ModalityTypeVocabSize, Most);
        RequireSize("max_position_embeddings", config.MaxPositionEmbeddings, Most);
        RequireSize("hidden_size", config.HiddenSize, Most);
        RequireSize("num_hidden_layers", config.NumHiddenLayers, MostLayers);
        RequireSize("num_attention_heads", config.NumAttentionHeads, Most);
        RequireSize("intermediate_size", config.IntermediateSize, Most);
        RequireSize("image_size", config.ImageSize, Most);
        RequireSize("patch_size", config.PatchSize, Most);
        RequireSize("num_channels", config.NumChannels, Most);
        RequireTensor("hidden_size × hidden_size", config.HiddenSize, config.HiddenSize);
        RequireTensor("vocab_size × hidden_size", config.VocabSize, config.HiddenSize);
        RequireTensor("type_vocab_size × hidden_size", config.TypeVocabSize, config.HiddenSize);
        RequireTensor("modality_type_vocab_size × hidden_size", config.ModalityTypeVocabSize, config.HiddenSize);
        RequireTensor("max_position_embeddings × hidden_size", config.MaxPositionEmbeddings, config.HiddenSize);
        RequireTensor("intermediate_size × hidden_size", config.IntermediateSize, config.HiddenSize);
        RequireTensor("hidden_size × num_channels × patch_size²", config.HiddenSize, config.NumChannels, config.PatchSize, config.PatchSize);
        RequireTensor("(image_size / patch_size)² × hidden_size", config.GridSize, config.GridSize, config.HiddenSize);
        RequireTensor("answers × 2 × hidden_size", config.Answers.Count, 2, config.HiddenSize);
    }

    private static void RequireTensor(string fields, params IEnumerable<int> sides) =>
        Require(sides.Aggregate(1.0, (count, side) => count * side) < MostNumbers, fields, string.Join(" × ", sides),
            $"fewer than {MostNumbers:N0} numbers in one tensor");

    private static void RequireSize(string field, int value, int most) => Require(value >= 1 && value <= most, field, value, $"from 1 to {most:N0}");

    private static void RequireProbability(string field, double value) => Require(value is >= 0 and < 1, field, value, "from 0 to below 1");

    private static void Require(bool holds, string field, object? value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException($"{field} is {value}; expected {expected}.");
        }
    }
}
