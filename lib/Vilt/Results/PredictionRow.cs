using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Vilt.Results;

/// <summary>A row of the table that <c>vilt results merge</c> makes of predictions.</summary>
public sealed record PredictionRow : ResultRow
{
    /// <summary>The command that writes such results.</summary>
    public const string Command = "predict";

    /// <summary>The probability of the answer.</summary>
    [JsonPropertyName("probability")]
    public float Probability { get; init; }

    /// <summary>The most probable answers, the best first.</summary>
    [JsonPropertyName("answers")]
    public List<string> Answers { get; init; } = [];

    /// <summary>Their probabilities.</summary>
    [JsonPropertyName("probabilities")]
    public List<float> Probabilities { get; init; } = [];

    /// <summary>The rows of a part.</summary>
    /// <param name="part">Its tensors: question_id (N), answers and probabilities (N, 5).</param>
    /// <param name="plan">Knows the answers' texts.</param>
    public static IEnumerable<PredictionRow> Of(IReadOnlyDictionary<string, Tensor> part, ResultPlan plan)
    {
        var ids = part["question_id"].data<long>().ToArray();
        var answers = part["answers"].data<long>().ToArray();
        var probabilities = part["probabilities"].data<float>().ToArray();
        var best = ids.Length == 0 ? 0 : answers.Length / ids.Length;
        for (var i = 0; i < ids.Length; i++)
        {
            List<string> texts = [.. answers.AsSpan(i * best, best).ToArray().Select(answer => plan.Answers[(int)answer])];
            yield return new()
            {
                QuestionId = ids[i],
                Answer = texts[0],
                Probability = probabilities[i * best],
                Answers = texts,
                Probabilities = [.. probabilities.AsSpan(i * best, best)],
            };
        }
    }
}
