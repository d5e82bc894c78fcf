using static TorchSharp.torch;

namespace Vilt.Tests.Processing;

internal static class LiveTensors
{
    /// <summary>Tensors alive in the process, less those that only wait for their finalizer.</summary>
    public static long Count
    {
        get
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Tensor.TotalCount;
        }
    }
}
