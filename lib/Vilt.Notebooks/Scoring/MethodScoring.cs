using TorchSharp;
using Vilt.Data;
using Vilt.Model;
using Vilt.Pipelines;
using Vilt.Scenes;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Scoring;

/// <summary>Scores explanations of answers about the Zoo by several methods.</summary>
/// <param name="trained">The model, which stays the caller's.</param>
/// <param name="options">The methods, and what they are compared with.</param>
/// <param name="masks">What decides each question.</param>
internal sealed class MethodScoring(VqaPipeline trained, ScoringOptions options, ZooMasks masks) : IDisposable
{
    private readonly PassCounter passes = new(trained.Model);

    /// <summary>Scores the explanations of one question's answers.</summary>
    /// <param name="example">The question.</param>
    /// <param name="isThorough">Whether to measure as well what takes many attributions: another answer, and sensitivity.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>(methods + 1)(measures), NaN where nothing was measured; the last row is that of chance.</returns>
    public double[][] Score(VqaExample example, bool isThorough, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var random = WithRandomWeights(example.Question.ImageId);
        var seed = SeedFor(example.Question.QuestionId);
        var scored = new ScoredAnswer(trained, example, masks.DecidingMask(example.Question.QuestionId), options, seed, cancellation);
        return [.. options.Methods.Select(method => Scores(method, scored, random, isThorough)), scored.Chance()];
    }

    public void Dispose() => passes.Dispose();

    private double[] Scores(string name, ScoredAnswer scored, VqaPipeline random, bool isThorough)
    {
        var method = VqaMethods.Make(name, trained, scored.Arguments, options.Path);
        var own = scored.Explain(trained, passes.Watch(method));
        var count = passes.Last;
        var others = scored.Explain(random, VqaMethods.Make(name, random, scored.Arguments, options.Path));
        var scores = ScoredAnswer.Nothing();
        scored.Judge(scores, own, others);
        (scores[(int)Measure.Forward], scores[(int)Measure.Backward], scores[(int)Measure.Seconds]) = (count.Forward, count.Backward, count.Seconds);
        if (isThorough)
        {
            scored.JudgeThoroughly(scores, own, method);
        }

        return scores;
    }

    // Weights drawn once point at much the same in all pictures, and well or badly by luck: with three seeds in 27, 47 and 49 % of the cases.
    private VqaPipeline WithRandomWeights(long imageId)
    {
        var model = new ViltForQuestionAnswering(trained.Model.Config, SeedFor(imageId));
        model.to(trained.Device);
        return new(model, trained.Processor);
    }

    private int SeedFor(long id) => unchecked(options.Seed * 1_000_003 + (int)id);
}
