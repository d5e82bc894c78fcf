using TorchSharp;
using TorchSharp.Modules;
using Vilt.Checkpoints;
using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>
/// Weights averaged over the steps of a run, the last ones counting most (exponential moving average; Polyak and Juditsky 1992 average all
/// alike). Averages often answer better than the weights of any one step.
/// </summary>
internal sealed class ExponentialAverage : IDisposable
{
    private readonly List<(string Name, Parameter Weight, Tensor Average)> averages = [];
    private readonly double decay;

    /// <param name="model">Whose weights are averaged: those that learn.</param>
    /// <param name="decay">What is left of the average in each step, such as 0.999; the rest is the weight.</param>
    public ExponentialAverage(nn.Module model, double decay)
    {
        this.decay = decay;
        foreach (var (name, weight) in model.named_parameters().Where(weight => weight.parameter.requires_grad))
        {
            averages.Add((name, weight, weight.detach().clone().DetachFromDisposeScope()));
        }
    }

    /// <summary>Takes the weights of a step into the average.</summary>
    public void Add()
    {
        using var noGradients = no_grad();
        using Scalar kept = decay.ToScalar(), rest = (1 - decay).ToScalar();
        foreach (var (_, weight, average) in averages)
        {
            average.mul_(kept).add_(weight, rest);
        }
    }

    /// <summary>Puts the averages in the place of the weights, until the result is disposed.</summary>
    public IDisposable InPlaceOfWeights() => new Exchange(this);

    /// <summary>The averages themselves, by the names of the weights.</summary>
    public Dictionary<string, Tensor> Tensors() => averages.ToDictionary(one => one.Name, one => one.Average);

    /// <summary>Sets the averages from a file that holds every tensor of <see cref="Tensors"/> in its shape.</summary>
    public void Load(SafetensorsFile file) => averages.ForEach(one => file.ReadInto(one.Name, one.Average));

    public void Dispose() => averages.ForEach(one => one.Average.Dispose());

    private void Swap()
    {
        using var noGradients = no_grad();
        foreach (var (_, weight, average) in averages)
        {
            using var kept = weight.detach().clone();
            weight.copy_(average);
            average.copy_(kept);
        }
    }

    // Twice leaves both as they were.
    private sealed class Exchange : IDisposable
    {
        private readonly ExponentialAverage average;

        public Exchange(ExponentialAverage average)
        {
            this.average = average;
            average.Swap();
        }

        public void Dispose() => average.Swap();
    }
}
