using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Vilt.Native;

/// <summary>
/// Which of libtorch's two engines multiplies float32 matrices. By default it is MKL, which uses AVX-512 on Intel's processors
/// only; on AMD's, oneDNN is twice as fast.
/// </summary>
internal static unsafe class MatrixProducts
{
    // ATen/Context.h: Float32Backend::MKLDNN, Float32Op::MATMUL, Float32Precision::BF16.
    private const int OneDnn = 2, Products = 3, BFloat16 = 3;

    private const int AmxTiles = 1 << 24; // CPUID leaf 7, EDX

    /// <summary>Whether oneDNN is faster here, with the same precision.</summary>
    /// <remarks>
    /// Torch hands float32 products to oneDNN where bfloat16 is allowed for them. oneDNN makes use of that where there is AMX,
    /// and otherwise computes in float32.
    /// </remarks>
    internal static bool OneDnnIsFaster { get; } = OperatingSystem.IsLinux() && Avx512BW.IsSupported && !IsIntel && (X86Base.CpuId(7, 0).Edx & AmxTiles) == 0;

    private static bool IsIntel => X86Base.CpuId(0, 0).Ebx == 0x756E6547; // "Genu", of GenuineIntel

    /// <summary>Uses oneDNN where it is faster. TorchSharp has no call for it, so libtorch is called directly.</summary>
    /// <param name="libtorch">The loaded <c>libtorch_cpu</c>.</param>
    internal static void Choose(nint libtorch)
    {
        if (!OneDnnIsFaster
            || !NativeLibrary.TryGetExport(libtorch, "_ZN2at13globalContextEv", out var globalContext)
            || !NativeLibrary.TryGetExport(libtorch, "_ZN2at7Context19setFloat32PrecisionENS_14Float32BackendENS_9Float32OpENS_16Float32PrecisionE", out var setPrecision))
        {
            return;
        }

        var context = ((delegate* unmanaged<nint>)globalContext)();
        ((delegate* unmanaged<nint, int, int, int, void>)setPrecision)(context, OneDnn, Products, BFloat16);
    }
}
