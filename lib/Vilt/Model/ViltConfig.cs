using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Vilt.Model;

/// <summary>
/// The shape of a ViLT model, with the fields, names and defaults of Hugging Face's <c>config.json</c>.
/// The defaults are those of ViLT-B/32 (Kim et al. 2021, https://arxiv.org/abs/2102.03334).
/// </summary>
public sealed record ViltConfig
{
    // Made once for a list of answers; not part of the record, which equals another with the same list.
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, IReadOnlyDictionary<string, int>> IndicesOf = [];

    /// <summary>The class that the checkpoint was saved from, as transformers names it; may be empty.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>Always <c>vilt</c>: tells transformers which configuration to read.</summary>
    public string ModelType { get; init; } = "vilt";

    /// <summary>Entries of the word table.</summary>
    public int VocabSize { get; init; } = 30522;

    /// <summary>Entries of the token type table.</summary>
    public int TypeVocabSize { get; init; } = 2;

    /// <summary>Entries of the modality table: text, picture, and one more for a second picture (NLVR2).</summary>
    public int ModalityTypeVocabSize { get; init; } = 2;

    /// <summary>The longest text, in tokens.</summary>
    public int MaxPositionEmbeddings { get; init; } = 40;

    /// <summary>Width of every hidden state, D.</summary>
    public int HiddenSize { get; init; } = 768;

    /// <summary>Number of encoder blocks.</summary>
    public int NumHiddenLayers { get; init; } = 12;

    /// <summary>Attention heads, H; divides <see cref="HiddenSize"/>.</summary>
    public int NumAttentionHeads { get; init; } = 12;

    /// <summary>Width of the feed-forward layer.</summary>
    public int IntermediateSize { get; init; } = 3072;

    /// <summary>Activation; <c>gelu</c> (the exact one) is the only one that published ViLT checkpoints use.</summary>
    public string HiddenAct { get; init; } = "gelu";

    /// <summary>Dropout after embeddings, attention output and feed-forward.</summary>
    public double HiddenDropoutProb { get; init; }

    /// <summary>Dropout of attention weights.</summary>
    public double AttentionProbsDropoutProb { get; init; }

    /// <summary>Standard deviation of fresh weights.</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>ε of every layer norm but the answer head's, which keeps torch's 1e-5.</summary>
    public double LayerNormEps { get; init; } = 1e-12;

    /// <summary>Side of the square picture that the position table was made for, in pixels.</summary>
    public int ImageSize { get; init; } = 384;

    /// <summary>Side of a patch, in pixels; divides <see cref="ImageSize"/>.</summary>
    public int PatchSize { get; init; } = 32;

    /// <summary>Color channels of a picture.</summary>
    public int NumChannels { get; init; } = 3;

    /// <summary>Whether query, key and value have a bias.</summary>
    public bool QkvBias { get; init; } = true;

    /// <summary>The most patches taken of one picture; negative: all.</summary>
    public int MaxImageLength { get; init; } = -1;

    /// <summary>
    /// Whether the language-model head shares the word table. No published ViLT checkpoint does, so only false is accepted.
    /// </summary>
    public bool TieWordEmbeddings { get; init; }

    /// <summary>Pictures per text in transformers' NLVR2 model; kept for that model, not used here.</summary>
    public int NumImages { get; init; } = -1;

    /// <summary>The row of the word table that stays zero and is not trained, if any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PadTokenId { get; init; }

    /// <summary>The answers, by the index of their logit.</summary>
    [JsonPropertyName("id2label")]
    [JsonConverter(typeof(LabelsById))]
    public IReadOnlyList<string> Id2Label { get; init; } = ["LABEL_0", "LABEL_1"];

    /// <summary>Index of each answer; the last, if answers are equal, as in transformers.</summary>
    [JsonPropertyName("label2id")]
    public IReadOnlyDictionary<string, int> Label2Id => IndicesOf.GetValue(Id2Label, Indices);

    /// <summary>The answers: another name for <see cref="Id2Label"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Answers => Id2Label;

    /// <summary>Patches along each side of the position table, G.</summary>
    [JsonIgnore]
    internal int GridSize => ImageSize / PatchSize;

    /// <summary>Reads <c>config.json</c>.</summary>
    /// <param name="folderOrFile">The file, or the checkpoint folder that holds it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not JSON, or a field has a wrong type or value.</exception>
    public static ViltConfig Read(string folderOrFile) => ViltConfigFile.Read(folderOrFile);

    /// <summary>Writes this configuration as transformers does; the file is replaced in one move.</summary>
    /// <param name="file">Path of the <c>config.json</c> to write.</param>
    public void Write(string file) => ViltConfigFile.Write(this, file);

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentException">A field has a value that no model can have; the message names it.</exception>
    public void Validate() => ViltConfigRules.Check(this);

    private static IReadOnlyDictionary<string, int> Indices(IReadOnlyList<string> answers)
    {
        Dictionary<string, int> indices = [];
        for (var id = 0; id < answers.Count; id++)
        {
            indices[answers[id]] = id;
        }

        return indices;
    }
}
