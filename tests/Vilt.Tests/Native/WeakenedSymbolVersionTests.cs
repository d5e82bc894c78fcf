using TorchSharp;

namespace Vilt.Tests.Native;

public class WeakenedSymbolVersionTests
{
    [Fact]
    public void Torch_loads() => Assert.Equal(6, torch.ones(2, 3).sum().item<float>());
}
