using SkiaSharp;

namespace Vilt.Scenes.Animals;

/// <summary>How one animal is drawn. Left and right are the picture's, before any mirroring.</summary>
/// <param name="Look">The coat.</param>
/// <param name="Eyes">The color of the irises.</param>
/// <param name="LeftEar">Whether the left ear shows; a hidden one is under a hat or an earmuff.</param>
/// <param name="RightEar">Whether the right ear shows.</param>
/// <param name="Dress">The color of what it wears on its head; null for nothing, but then both ears must show.</param>
internal sealed record Pose(Look Look, SKColor Eyes, bool LeftEar = true, bool RightEar = true, SKColor? Dress = null)
{
    public int Ears => (LeftEar ? 1 : 0) + (RightEar ? 1 : 0);
}
