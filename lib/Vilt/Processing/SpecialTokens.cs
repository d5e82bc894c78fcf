namespace Vilt.Processing;

/// <summary>The five tokens that stand for no piece of text.</summary>
/// <param name="Padding">Fills a text up to its length, <c>[PAD]</c> as a rule.</param>
/// <param name="Unknown">Stands for a word that the vocabulary has no pieces for, <c>[UNK]</c> as a rule.</param>
/// <param name="Classifier">Begins a text, <c>[CLS]</c> as a rule.</param>
/// <param name="Separator">Ends a text, <c>[SEP]</c> as a rule.</param>
/// <param name="Mask">Stands for a word to be guessed, <c>[MASK]</c> as a rule.</param>
internal sealed record SpecialTokens(
    string Padding = "[PAD]", string Unknown = "[UNK]", string Classifier = "[CLS]", string Separator = "[SEP]", string Mask = "[MASK]")
{
    /// <summary>Each with the field of <c>tokenizer_config.json</c> that names it.</summary>
    public IReadOnlyList<(string Field, string Token)> Named { get; } =
        [("pad_token", Padding), ("unk_token", Unknown), ("cls_token", Classifier), ("sep_token", Separator), ("mask_token", Mask)];
}
