namespace Vilt.Processing;

/// <summary>The five tokens that stand for no text of their own.</summary>
/// <param name="Padding">Fills a text up to its length, usually <c>[PAD]</c>.</param>
/// <param name="Unknown">Stands for a word that the vocabulary has no pieces for, usually <c>[UNK]</c>.</param>
/// <param name="Classifier">Begins a text, usually <c>[CLS]</c>.</param>
/// <param name="Separator">Ends a text, usually <c>[SEP]</c>.</param>
/// <param name="Mask">Stands for a word to be guessed, usually <c>[MASK]</c>.</param>
internal sealed record SpecialTokens(
    string Padding = "[PAD]", string Unknown = "[UNK]", string Classifier = "[CLS]", string Separator = "[SEP]", string Mask = "[MASK]")
{
    /// <summary>Each with the field of <c>tokenizer_config.json</c> that names it.</summary>
    public IReadOnlyList<(string Field, string Token)> Named { get; } =
        [("pad_token", Padding), ("unk_token", Unknown), ("cls_token", Classifier), ("sep_token", Separator), ("mask_token", Mask)];
}
