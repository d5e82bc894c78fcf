using Vilt.Model;
using Vilt.Processing;
using static TorchSharp.torch;
using TrainingStep =
    System.Func<Vilt.Model.ViltForQuestionAnswering, TorchSharp.torch.optim.Optimizer, Vilt.Processing.ViltBatch, double>;

namespace Vilt.Course.Tests;

public class TrainingStepExerciseTests
{
    public static TheoryData<TrainingStep, string> WrongAnswers => new()
    {
        { (model, optimizer, batch) => model.forward(batch).Loss!.item<float>(), "No weight has moved." },
        { (model, optimizer, batch) => Step(model, optimizer, batch, clear: false), "The step follows more than this batch's gradient." },
        { (model, optimizer, batch) => StepBeforeBackward(model, optimizer, batch), "A weight changes before its gradient is there." },
        { (model, optimizer, batch) => Step(model, optimizer, batch) + Step(model, optimizer, batch), "The weights moved, but not as one step" },
        { (model, optimizer, batch) => Step(model, optimizer, batch) * 0, "It returns 0, and the loss is " },
    };

    [Fact]
    public void The_five_lines_are_right() =>
        Assert.StartsWith("Right: ", TrainingStepExercise.Check((TrainingStep)((model, optimizer, batch) => Step(model, optimizer, batch))), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public void A_wrong_answer_is_told_and_no_tensor_stays(TrainingStep trainingStep, string wrong)
    {
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.StartsWith(wrong, Unsolved.Message(() => TrainingStepExercise.Check(trainingStep)), StringComparison.Ordinal);
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static double Step(ViltForQuestionAnswering model, optim.Optimizer optimizer, ViltBatch batch, bool clear = true)
    {
        if (clear)
        {
            optimizer.zero_grad();
        }

        var loss = model.forward(batch).Loss!;
        loss.backward();
        optimizer.step();
        return loss.item<float>();
    }

    private static double StepBeforeBackward(ViltForQuestionAnswering model, optim.Optimizer optimizer, ViltBatch batch)
    {
        optimizer.zero_grad();
        var loss = model.forward(batch).Loss!;
        optimizer.step();
        loss.backward();
        return loss.item<float>();
    }
}
