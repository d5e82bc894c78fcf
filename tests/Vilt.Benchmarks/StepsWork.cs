using System.Text.Json;
using Vilt.Attribution;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Benchmarks;

/// <summary>
/// How many steps a convergence delta takes. A fixed rule is chosen before its delta is known: for many questions it has to suffice for
/// the hardest of them, while the adaptive one stops at each where it may.
/// </summary>
internal static class StepsWork
{
    private static readonly double[] Deltas = [0.1, 0.03, 0.01, 0.003, 0.001];
    private static readonly int[] FixedSteps = [10, 20, 30, 40, 50, 60, 80, 100, 120, 160, 200, 250];

    public static void Run(string checkpoint, string data, int questions)
    {
        var opened = ViltCheckpoint.From(checkpoint);
        using var model = opened.QuestionAnswering().Model;
        var dataset = new VqaDataset([.. VqaFolder.Read(data).Examples.Take(questions)], opened.Processor(), new AnswerVocabulary(model.Config.Answers));
        using var wrapped = new ModelInputWrapper(new ViltLogits(model));
        var method = new LayerIntegratedGradients(wrapped, [wrapped.InputMaps["pixelValues"], model.WordEmbeddings]);
        List<(double[] FixedDeltas, int[] AdaptiveSteps)> asked = [.. Enumerable.Range(0, dataset.Count).Select(i => Ask(model, method, dataset[i]))];
        foreach (var (at, delta) in Deltas.Index())
        {
            int?[] fewest = [.. asked.Select(one => FewestSteps(one.FixedDeltas, delta)).OrderBy(steps => steps ?? int.MaxValue)];
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                delta,
                adaptive_mean = asked.Average(one => one.AdaptiveSteps[at]),
                adaptive_most = asked.Max(one => one.AdaptiveSteps[at]),
                fixed_for_all = fewest[^1],
                fixed_for_19_of_20 = fewest[(int)Math.Ceiling(fewest.Length * 0.95) - 1],
                fixed_median = fewest[fewest.Length / 2],
            }));
        }
    }

    private static (double[] FixedDeltas, int[] AdaptiveSteps) Ask(ViltForQuestionAnswering model, LayerIntegratedGradients method, ViltExample example)
    {
        using var scope = NewDisposeScope();
        var batch = Collator.Collate([example]) with { Labels = null };
        var answer = Answer(model, batch);
        double Delta(int steps) => Math.Abs(ModelWork.Explain(method, batch, answer, steps).ConvergenceDelta.item<float>());
        int Steps(double delta) => ModelWork.Explain(method, batch, answer, steps: 0, until: delta).Steps;
        return ([.. FixedSteps.Select(Delta)], [.. Deltas.Select(Steps)]);
    }

    private static int Answer(ViltForQuestionAnswering model, ViltBatch batch)
    {
        using var noGradients = no_grad();
        return (int)model.forward(batch).Logits.argmax().item<long>();
    }

    /// <summary>From which number on every fixed number of steps meets the delta; null where none of them does.</summary>
    private static int? FewestSteps(double[] deltas, double delta)
    {
        var met = Array.FindLastIndex(deltas, missed => missed > delta) + 1;
        return met < FixedSteps.Length ? FixedSteps[met] : null;
    }
}
