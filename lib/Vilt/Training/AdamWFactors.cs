namespace Vilt.Training;

/// <summary>The numbers of one AdamW step, the same for all weights with one learning rate; defaults of <c>torch.optim.AdamW</c>.</summary>
internal sealed class AdamWFactors(double learningRate, long step)
{
    public const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
    private const double WeightDecay = 0.01;

    /// <summary>What a weight is multiplied by before it moves.</summary>
    public double Decay { get; } = 1 - learningRate * WeightDecay;

    /// <summary>Learning rate by the first moment's bias correction.</summary>
    public double StepSize { get; } = learningRate / (1 - Math.Pow(Beta1, step));

    /// <summary>Root of the second moment's bias correction.</summary>
    public double SquareCorrection { get; } = Math.Sqrt(1 - Math.Pow(Beta2, step));
}
