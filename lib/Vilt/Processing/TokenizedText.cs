namespace Vilt.Processing;

/// <summary>A text as token ids, padded or cut to one length L.</summary>
/// <param name="InputIds">Token ids, [CLS] first and [SEP] last, then padding: L of them.</param>
/// <param name="AttentionMask">1 for a token, 0 for padding: L of them.</param>
/// <param name="TokenTypeIds">Sentence of each token, all 0 for a single text: L of them.</param>
public sealed record TokenizedText(long[] InputIds, long[] AttentionMask, long[] TokenTypeIds);
