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
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;
    private const double WeightDecay = 0.01;

    private readonly double learningRate;
    private readonly List<State> states = [];
    private long steps;

    public AdamW(nn.Module model, double learningRate)
    {
        this.learningRate = learningRate;
        foreach ((string name, Parameter weight) in model.named_parameters())
        {
            states.Add(new State(name, weight, zeros_like(weight).DetachFromDisposeScope(), zeros_like(weight).DetachFromDisposeScope()));
        }
    }

    /// <summary>Moves every weight that has a gradient.</summary>
    public void Step()
    {
        using IDisposable noGradients = no_grad();
        steps++;
        foreach (State state in states) Update(state);
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
        steps = step.ToInt64();
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

    private void Update(State state)
    {
        using DisposeScope scope = NewDisposeScope();
        if (state.Weight.grad is not Tensor gradient) return;
        state.Weight.mul_(1 - learningRate * WeightDecay);
        state.Average.mul_(Beta1).add_(gradient, alpha: 1 - Beta1);
        state.SquareAverage.mul_(Beta2).addcmul_(gradient, gradient, value: 1 - Beta2);
        Tensor deviation = state.SquareAverage.sqrt().div_(Math.Sqrt(1 - Math.Pow(Beta2, steps))).add_(Epsilon);
        state.Weight.addcdiv_(state.Average, deviation, value: -learningRate / (1 - Math.Pow(Beta1, steps)));
    }

    private sealed record State(string Name, Parameter Weight, Tensor Average, Tensor SquareAverage);
}
