using TorchSharp;
using TorchSharp.Modules;
using Vilt.Checkpoints;
using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019, algorithm 2) with the defaults of <c>torch.optim.AdamW</c>. TorchSharp's keeps what it
/// computes for each weight until all are done, 0.9 GB for ViLT-B/32; this one frees it at once, and keeps its state by name.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const string Head = "classifier."; // of ViltForQuestionAnswering

    private readonly List<State> states = [];
    private readonly double headFactor;
    private double learningRate;
    private long steps;

    /// <param name="model">What is trained.</param>
    /// <param name="headFactor">How much larger the answer head's learning rate is.</param>
    public AdamW(nn.Module model, double headFactor = 1)
    {
        this.headFactor = headFactor;
        foreach ((string name, Parameter weight) in model.named_parameters())
        {
            states.Add(new State(name, weight, zeros_like(weight).DetachFromDisposeScope(), zeros_like(weight).DetachFromDisposeScope()));
        }
    }

    /// <summary>Begins a step, in which each weight moves once.</summary>
    /// <param name="learningRate">How far; it may change from step to step.</param>
    public void BeginStep(double learningRate)
    {
        this.learningRate = learningRate;
        steps++;
    }

    /// <summary>Moves every weight that has a gradient, and frees the gradient.</summary>
    public void MoveWeights()
    {
        using IDisposable noGradients = no_grad();
        AdamWFactors body = new(learningRate, steps), head = new(learningRate * headFactor, steps);
        foreach (State state in states) Update(state, state.Name.StartsWith(Head, StringComparison.Ordinal) ? head : body);
    }

    /// <summary>The state's tensors themselves; only the step count is made, into the current dispose scope.</summary>
    public Dictionary<string, Tensor> Tensors()
    {
        Dictionary<string, Tensor> tensors = new() { ["step"] = tensor(steps) };
        foreach (State state in states)
        {
            tensors.Add($"exp_avg.{state.Name}", state.Average);
            tensors.Add($"exp_avg_sq.{state.Name}", state.SquareAverage);
        }
        return tensors;
    }

    /// <summary>Sets the state to that of a file which holds every tensor of <see cref="Tensors"/> in its shape.</summary>
    public void Load(SafetensorsFile file)
    {
        using Tensor step = file.Read("step");
        steps = step.item<long>();
        foreach (State state in states)
        {
            file.ReadInto($"exp_avg.{state.Name}", state.Average);
            file.ReadInto($"exp_avg_sq.{state.Name}", state.SquareAverage);
        }
    }

    public void Dispose()
    {
        foreach (State state in states)
        {
            state.Average.Dispose();
            state.SquareAverage.Dispose();
        }
    }

    private static void Update(State state, AdamWFactors factors)
    {
        using DisposeScope scope = NewDisposeScope();
        if (state.Weight.grad is not Tensor gradient) return;
        if (FusedAdamW.Fits(state.Weight, gradient)) FusedAdamW.Update(state.Weight, state.Average, state.SquareAverage, gradient, factors);
        else Update(state, gradient, factors);
        state.Weight.grad = null;
    }

    private static void Update(State state, Tensor gradient, AdamWFactors factors)
    {
        using Scalar decay = factors.Decay.ToScalar(), epsilon = AdamWFactors.Epsilon.ToScalar();
        using Scalar beta1 = AdamWFactors.Beta1.ToScalar(), beta2 = AdamWFactors.Beta2.ToScalar();
        using Scalar oneMinusBeta1 = (1 - AdamWFactors.Beta1).ToScalar(), oneMinusBeta2 = (1 - AdamWFactors.Beta2).ToScalar();
        using Scalar squareCorrection = factors.SquareCorrection.ToScalar(), minusStepSize = (-factors.StepSize).ToScalar();
        state.Weight.mul_(decay);
        state.Average.mul_(beta1).add_(gradient, oneMinusBeta1);
        state.SquareAverage.mul_(beta2).addcmul_(gradient, gradient, oneMinusBeta2);
        Tensor deviation = state.SquareAverage.sqrt().div_(squareCorrection).add_(epsilon);
        state.Weight.addcdiv_(state.Average, deviation, minusStepSize);
    }

    private sealed record State(string Name, Parameter Weight, Tensor Average, Tensor SquareAverage);
}
