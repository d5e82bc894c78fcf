using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>
/// The blocks' linear layers and attention in bfloat16, everything else and the weights in float32 (Micikevicius et al. 2018,
/// https://arxiv.org/abs/1710.03740; bfloat16 has float32's range, so losses need no scaling). For training, since small steps of a
/// weight would be lost in bfloat16.
/// </summary>
internal static class MixedPrecision
{
    [ThreadStatic] private static int depth;

    /// <summary>Computes this way on this thread until disposed.</summary>
    internal static IDisposable Begin()
    {
        depth++;
        return new End();
    }

    /// <summary>
    /// x·Wᵀ + b in bfloat16 inside <see cref="Begin"/>, otherwise in the layer's own precision: (…, inputs) → (…, outputs).
    /// </summary>
    internal static Tensor Apply(this Linear layer, Tensor x)
    {
        if (depth == 0)
        {
            return layer.call(x);
        }

        using var scope = NewDisposeScope();
        return nn.functional.linear(x.bfloat16(), layer.weight!.bfloat16(), layer.bias?.bfloat16()).MoveToOuterDisposeScope();
    }

    private sealed class End : IDisposable
    {
        public void Dispose() => depth--;
    }
}
