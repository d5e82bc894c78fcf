using System.Runtime.CompilerServices;
using TorchSharp;

namespace Vilt.Tests;

internal static class TorchThreads
{
    // The models here are tiny: more threads only wait for each other, and for other test processes beside this one.
    [ModuleInitializer]
    internal static void One() => torch.set_num_threads(1);
}
