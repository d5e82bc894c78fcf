using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Tests.Processing;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Tests.Training;

public class EvaluatorTests
{
    [Fact]
    public void Answers_that_are_not_finite_are_one_error()
    {
        using var run = new TinyRun();
        using var model = TinyRun.Model();
        using (no_grad())
        {
            model.get_parameter("classifier.3.bias")![0] = float.NaN;
        }

        var error = Assert.Throws<InvalidDataException>(() => Evaluator.Evaluate(model, run.Dataset, cancellationToken: TinyRun.Token));
        Assert.Contains("not finite", error.Message);
    }

    [Fact]
    public void Scores_the_most_probable_answer_of_each_question_as_one_by_one()
    {
        using var run = new TinyRun();
        using var model = TinyRun.Model(dropout: 0.5);
        model.train();
        var live = LiveTensors.CountAfterCollection();
        List<EvaluationProgress> heard = [];
        var evaluation = Evaluator.Evaluate(model, run.Dataset, 3, new Listener<EvaluationProgress>(heard.Add), TinyRun.Token);
        Assert.Equal(live, LiveTensors.Count);
        Assert.True(model.training);
        var oneByOne = OneByOne(model, run.Dataset);
        Assert.Equal(oneByOne.ByQuestion, evaluation.ByQuestion);
        Assert.Equal(oneByOne.ByQuestionType, evaluation.ByQuestionType);
        Assert.Equal(oneByOne.ByAnswerType, evaluation.ByAnswerType);
        Assert.Equal([3, 6, 7], heard.Select(progress => progress.Questions));
        Assert.Equal(evaluation.Overall, heard[^1].Accuracy);
    }

    [Fact]
    public void Finds_that_training_helped()
    {
        using var run = new TinyRun();
        using var model = TinyRun.Model();
        var before = Evaluator.Evaluate(model, run.Dataset, cancellationToken: TinyRun.Token).Overall;
        using var trainer = new Trainer(model, new TrainingOptions { LearningRate = 3e-3, Epochs = 30, Device = CPU });
        trainer.Train(run.Dataset, null, TinyRun.Token);
        Assert.True(Evaluator.Evaluate(model, run.Dataset, cancellationToken: TinyRun.Token).Overall > before);
    }

    [Fact]
    public void Stops_when_cancelled_and_restores_the_mode()
    {
        using var run = new TinyRun();
        using var model = TinyRun.Model();
        model.train();
        using var source = new CancellationTokenSource();
        var stop = new Listener<EvaluationProgress>(_ => source.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(() => Evaluator.Evaluate(model, run.Dataset, 2, stop, source.Token));
        Assert.True(model.training);
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Refuses_questions_without_annotation()
    {
        using var run = new TinyRun();
        using var model = TinyRun.Model();
        var unanswered = run.Dataset.Examples[0] with { Annotation = null };
        var dataset = new VqaDataset([unanswered], run.Dataset.Processor, run.Dataset.Vocabulary);
        Exception problem = Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(model, dataset, cancellationToken: TinyRun.Token));
        Assert.Contains($"Question {unanswered.Question.QuestionId} has no annotation", problem.Message);
    }

    [Fact]
    public void Progress_is_one_clear_line() =>
        Assert.Equal("20/100 questions · accuracy 63.50 %", new EvaluationProgress(20, 100, 63.5).ToString());

    private static VqaEvaluation OneByOne(ViltForQuestionAnswering model, VqaDataset dataset)
    {
        var evaluation = new VqaEvaluation();
        model.eval();
        for (var i = 0; i < dataset.Count; i++)
        {
            using var scope = NewDisposeScope();
            var batch = Collator.Collate([dataset[i]]);
            var logits = model.call(
                batch.InputIds, batch.PixelValues, batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds, null).Logits;
            evaluation.Add(dataset.Examples[i].Annotation!, dataset.Vocabulary[(int)logits.argmax().item<long>()]);
        }

        return evaluation;
    }
}
