using static TorchSharp.torch;

namespace Vilt.Attribution;

internal static class Shapes
{
    internal static string Text(Tensor tensor) => string.Join(", ", tensor.shape);
}
