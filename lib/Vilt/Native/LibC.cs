using System.Runtime.InteropServices;

namespace Vilt.Native;

/// <summary>glibc's own functions, which only Linux has; and there another C library may stand in its place.</summary>
internal static class LibC
{
    /// <summary>Finds a function, such as <c>mallopt</c>; false where there is no glibc.</summary>
    internal static bool TryFind(string function, out nint address)
    {
        address = 0;
        return OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var libc) && NativeLibrary.TryGetExport(libc, function, out address);
    }
}
