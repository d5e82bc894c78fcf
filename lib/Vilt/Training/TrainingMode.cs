using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>Puts a model into training or evaluation mode for as long as a block runs.</summary>
internal readonly struct TrainingMode : IDisposable
{
    private readonly nn.Module model;
    private readonly bool wasTraining;

    public TrainingMode(nn.Module model, bool isTraining)
    {
        (this.model, wasTraining) = (model, model.training);
        Set(isTraining);
    }

    public void Dispose() => Set(wasTraining);

    private void Set(bool isTraining)
    {
        if (model.training != isTraining)
        {
            model.train(isTraining);
        }
    }
}
