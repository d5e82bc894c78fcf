using System.Text;
using System.Text.Json.Serialization;
using Vilt.Evaluation;
using static TorchSharp.torch;

namespace Vilt.Results;

/// <summary>A row of the table that <c>vilt results merge</c> makes of explanations. The answer is the one that is explained.</summary>
public sealed record ExplanationRow : ResultRow
{
    /// <summary>The command that writes such results.</summary>
    public const string Command = "attribute";

    /// <summary>Names of the tensors of one question in a part.</summary>
    public static (string Pixels, string Words, string Tokens) TensorsOf(long questionId) =>
        ($"{questionId}.pixels", $"{questionId}.words", $"{questionId}.tokens");

    /// <summary>By how much the attributions miss the change of the answer's score.</summary>
    [JsonPropertyName("convergence_delta")]
    public float ConvergenceDelta { get; init; }

    /// <summary>Steps of the path.</summary>
    [JsonPropertyName("steps")]
    public long Steps { get; init; }

    /// <summary>The question's tokens, without padding.</summary>
    [JsonPropertyName("tokens")]
    public List<string> Tokens { get; init; } = [];

    /// <summary>What each token adds to the answer's score.</summary>
    [JsonPropertyName("words")]
    public List<float> Words { get; init; } = [];

    /// <summary>The file of the folder that has the map of the picture, under the name <c>ID.pixels</c>.</summary>
    [JsonPropertyName("pixels_file")]
    public string PixelsFile { get; init; } = "";

    /// <summary>Whether the patch with the largest attribution shows what decides; null where that is not known.</summary>
    [JsonPropertyName("pointing_hit")]
    public bool? PointingHit { get; init; }

    /// <summary>A text as its UTF-8 bytes, for tensors hold numbers only.</summary>
    public static Tensor Packed(IEnumerable<string> tokens) => tensor(Encoding.UTF8.GetBytes(string.Join('\n', tokens))); // (bytes)

    /// <summary>The rows of a part.</summary>
    /// <param name="part">Its tensors.</param>
    /// <param name="file">The name of its file.</param>
    /// <param name="plan">Knows the answers' texts and the size of patches.</param>
    /// <param name="maskOf">The pixels that decide a question; null where they are not known.</param>
    public static IEnumerable<ExplanationRow> Of(
        IReadOnlyDictionary<string, Tensor> part, string file, ResultPlan plan, Func<long, bool[,]?> maskOf)
    {
        var ids = part["question_id"].data<long>().ToArray();
        var answers = part["answer"].data<long>().ToArray();
        var deltas = part["convergence_delta"].data<float>().ToArray();
        var steps = part["steps"].data<long>().ToArray();
        for (var i = 0; i < ids.Length; i++)
        {
            var (pixels, words, tokens) = TensorsOf(ids[i]);
            var texts = Encoding.UTF8.GetString(part[tokens].bytes).Split('\n');
            yield return new()
            {
                QuestionId = ids[i],
                Answer = plan.Answers[(int)answers[i]],
                ConvergenceDelta = deltas[i],
                Steps = steps[i],
                Tokens = [.. texts],
                Words = [.. part[words].data<float>().Take(texts.Length)],
                PixelsFile = file,
                PointingHit = maskOf(ids[i]) is { } mask ? PointsAt(mask, part[pixels], plan.PatchSize) : null,
            };
        }
    }

    private static bool PointsAt(bool[,] mask, Tensor pixels, int patchSize)
    {
        var map = new double[pixels.shape[0], pixels.shape[1]]; // (rows, columns)
        var values = pixels.data<float>().ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            map[i / map.GetLength(1), i % map.GetLength(1)] = values[i];
        }

        return new DecidingPixels(mask, map.GetLength(0), map.GetLength(1), patchSize).Judge(map).Pointing > 0;
    }
}
