using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>
/// Layers whose weights are not filled in yet: <see cref="WeightInitialization"/> or a checkpoint does that next.
/// torch's own constructors would first draw a random number for each of a hundred million weights.
/// </summary>
internal static class Blank
{
    internal static Linear Linear(int inputs, int outputs, bool bias = true) =>
        nn.Linear(new Parameter(empty(outputs, inputs)), bias ? new Parameter(empty(outputs)) : null);

    internal static Embedding Embedding(int rows, int width, int? paddingRow = null)
    {
        var embedding = nn.Embedding(1 + (paddingRow ?? 0), width, paddingRow); // the fewest rows that it takes
        using var fewest = embedding.parameters().Single();
        embedding.weight = new Parameter(empty(rows, width));
        return embedding;
    }
}
