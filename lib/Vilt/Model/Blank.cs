using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>
/// Linear layers whose weights are not filled yet: <see cref="WeightInitialization"/> or a checkpoint does that next.
/// torch's own constructor would first draw a random number for each of ninety million weights.
/// </summary>
internal static class Blank
{
    internal static Linear Linear(int inputs, int outputs, bool bias = true) =>
        nn.Linear(new Parameter(empty(outputs, inputs)), bias ? new Parameter(empty(outputs)) : null);
}
