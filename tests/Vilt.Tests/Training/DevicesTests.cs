using TorchSharp;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Tests.Training;

public class DevicesTests
{
    [Fact]
    public void Best_is_a_device_that_computes()
    {
        var best = Devices.Best();
        using var scope = NewDisposeScope();
        Assert.Equal(6, ones(3, device: best).mul(2).sum().ToSingle());
        if (!cuda.is_available() && !mps_is_available())
        {
            Assert.Equal(DeviceType.CPU, best.type);
        }
    }
}
