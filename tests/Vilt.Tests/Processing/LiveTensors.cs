using static TorchSharp.torch;

namespace Vilt.Tests.Processing;

internal static class LiveTensors
{
    /// <summary>Tensors alive in the process, those of earlier tests that only wait for their finalizer done away with.</summary>
    public static long CountAfterCollection()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Count;
    }

    /// <summary>Tensors alive in the process, also forgotten ones: a collection here would hide them.</summary>
    public static long Count => Tensor.TotalCount;
}
