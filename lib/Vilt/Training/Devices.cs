using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>The devices that torch may compute on.</summary>
public static class Devices
{
    /// <summary>The fastest device of this machine: a CUDA graphics card, otherwise Apple's (MPS), otherwise the CPU.</summary>
    public static Device Best()
    {
        if (cuda.is_available())
        {
            return CUDA;
        }

        return mps_is_available() ? MPS : CPU;
    }
}
