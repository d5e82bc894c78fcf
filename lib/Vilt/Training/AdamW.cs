using TorchSharp;
using TorchSharp.Modules;
using Vilt.Checkpoints;
using Vilt.Model;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019, algorithm 2) with the defaults of <c>torch.optim.AdamW</c>. TorchSharp's own keeps what it
/// computes for each weight until all are done, 0.9 GB for ViLT-B/32; this one frees it immediately, and keeps its state by name.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const string Head = "classifier."; // of ViltForQuestionAnswering

    private readonly List<State> states = [];
    private readonly List<Tensor> sums = []; // for weights that torch's operations moved, each ()
    private readonly AdamWSettings settings;
    private double learningRate;
    private long steps;
    private bool isFinite = true;

    /// <param name="model">What is trained: the weights that require a gradient.</param>
    /// <param name="settings">How; null: torch's defaults.</param>
    public AdamW(nn.Module model, AdamWSettings? settings = null)
    {
        this.settings = settings ?? new();
        foreach (var (name, weight) in model.named_parameters().Where(weight => weight.parameter.requires_grad))
        {
            states.Add(new State(
                name, weight, zeros_like(weight).DetachFromDisposeScope(), zeros_like(weight).DetachFromDisposeScope(), GroupOf(name, weight)));
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
        using var noGradients = no_grad();
        foreach (var group in states.GroupBy(state => state.Group))
        {
            using var scalars = new Scalars(new(learningRate * group.Key.RateFactor, group.Key.WeightDecay, settings.Beta2, steps));
            foreach (var state in group)
            {
                Update(state, scalars);
            }
        }
    }

    /// <summary>
    /// Whether everything moved since the last call is finite. Except on the CPU it is checked once for all weights, so that
    /// the device is waited for once per step.
    /// </summary>
    public bool IsFinite()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var answer = isFinite && (sums.Count == 0 || double.IsFinite(stack(sums).sum().to(float64).item<double>())
            || states.All(state => FiniteValues.AreAll(state.Weight) && FiniteValues.AreAll(state.SquareAverage)));
        isFinite = true;
        Forget();
        return answer;
    }

    /// <summary>The state's tensors themselves; only the step count is a new tensor, in the current dispose scope.</summary>
    public Dictionary<string, Tensor> Tensors()
    {
        var tensors = new Dictionary<string, Tensor>() { ["step"] = tensor(steps) };
        foreach (var state in states)
        {
            tensors.Add($"exp_avg.{state.Name}", state.Average);
            tensors.Add($"exp_avg_sq.{state.Name}", state.SquareAverage);
        }

        return tensors;
    }

    /// <summary>Sets the state from a file that holds every tensor of <see cref="Tensors"/> in its shape.</summary>
    public void Load(SafetensorsFile file)
    {
        using var step = file.Read("step");
        steps = step.item<long>();
        foreach (var state in states)
        {
            file.ReadInto($"exp_avg.{state.Name}", state.Average);
            file.ReadInto($"exp_avg_sq.{state.Name}", state.SquareAverage);
        }
    }

    public void Dispose()
    {
        Forget();
        foreach (var state in states)
        {
            state.Average.Dispose();
            state.SquareAverage.Dispose();
        }
    }

    private void Forget()
    {
        sums.ForEach(sum => sum.Dispose());
        sums.Clear();
    }

    private void Update(State state, Scalars scalars)
    {
        using var scope = NewDisposeScope();
        if (state.Weight.grad is not Tensor gradient)
        {
            return;
        }

        if (FusedAdamW.Fits(state.Weight, gradient))
        {
            isFinite &= FusedAdamW.Update(state.Weight, state.Average, state.SquareAverage, gradient, scalars.Factors);
        }
        else
        {
            Update(state, gradient, scalars);
            sums.Add(state.Weight.sum().Plus(state.SquareAverage.sum()).DetachFromDisposeScope());
        }

        state.Weight.grad = null;
    }

    // Of ViLT's weights, those with one dimension are biases and the scales of layer norms.
    private Group GroupOf(string name, Tensor weight) => new(
        name.StartsWith(Head, StringComparison.Ordinal) ? settings.HeadFactor : 1,
        weight.dim() == 1 && !settings.DecayBiasesAndNorms ? 0 : settings.WeightDecay);

    private static void Update(State state, Tensor gradient, Scalars scalars)
    {
        state.Weight.mul_(scalars.Decay);
        state.Average.mul_(scalars.Beta1).add_(gradient, scalars.OneMinusBeta1);
        state.SquareAverage.mul_(scalars.Beta2).addcmul_(gradient, gradient, scalars.OneMinusBeta2);
        var deviation = state.SquareAverage.sqrt().div_(scalars.SquareCorrection).add_(scalars.Epsilon);
        state.Weight.addcdiv_(state.Average, deviation, scalars.MinusStepSize);
    }

    /// <summary>The numbers of one step as torch's operations take them, made once for all weights.</summary>
    private sealed class Scalars(AdamWFactors factors) : IDisposable
    {
        public AdamWFactors Factors => factors;
        public Scalar Decay { get; } = factors.Decay.ToScalar();
        public Scalar Beta1 { get; } = AdamWFactors.Beta1.ToScalar();
        public Scalar OneMinusBeta1 { get; } = (1 - AdamWFactors.Beta1).ToScalar();
        public Scalar Beta2 { get; } = factors.Beta2.ToScalar();
        public Scalar OneMinusBeta2 { get; } = (1 - factors.Beta2).ToScalar();
        public Scalar SquareCorrection { get; } = factors.SquareCorrection.ToScalar();
        public Scalar Epsilon { get; } = AdamWFactors.Epsilon.ToScalar();
        public Scalar MinusStepSize { get; } = (-factors.StepSize).ToScalar();

        public void Dispose()
        {
            Scalar[] all = [Decay, Beta1, OneMinusBeta1, Beta2, OneMinusBeta2, SquareCorrection, Epsilon, MinusStepSize];
            foreach (var scalar in all)
            {
                scalar.Dispose();
            }
        }
    }

    private sealed record State(string Name, Parameter Weight, Tensor Average, Tensor SquareAverage, Group Group);

    /// <summary>What weights that move alike have in common.</summary>
    private readonly record struct Group(double RateFactor, double WeightDecay);
}

/// <summary>How AdamW moves weights; defaults of <c>torch.optim.AdamW</c>.</summary>
/// <param name="HeadFactor">How much larger the answer head's learning rate is.</param>
/// <param name="Beta2">How slowly the mean square of the gradients changes.</param>
/// <param name="WeightDecay">By which share of the learning rate weights shrink in a step.</param>
/// <param name="DecayBiasesAndNorms">Whether biases and layer norms shrink too.</param>
internal sealed record AdamWSettings(double HeadFactor = 1, double Beta2 = 0.999, double WeightDecay = 0.01, bool DecayBiasesAndNorms = true);

/// <summary>The numbers of one AdamW step, the same for all weights that move alike.</summary>
internal sealed class AdamWFactors(double learningRate, double weightDecay, double beta2, long step)
{
    public const double Beta1 = 0.9, Epsilon = 1e-8; // torch's defaults

    /// <summary>How slowly the mean square of the gradients changes.</summary>
    public double Beta2 => beta2;

    /// <summary>What a weight is multiplied by before it moves.</summary>
    public double Decay { get; } = 1 - learningRate * weightDecay;

    /// <summary>Learning rate divided by the first moment's bias correction.</summary>
    public double StepSize { get; } = learningRate / (1 - Math.Pow(Beta1, step));

    /// <summary>Square root of the second moment's bias correction.</summary>
    public double SquareCorrection { get; } = Math.Sqrt(1 - Math.Pow(beta2, step));
}
