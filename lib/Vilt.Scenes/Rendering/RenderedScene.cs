namespace Vilt.Scenes.Rendering;

/// <summary>A drawn scene.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Png">The encoded picture.</param>
/// <param name="Owners">For each pixel, row by row, the id of the object it shows; 0 for sky and ground.</param>
internal sealed record RenderedScene(int Width, int Height, byte[] Png, int[] Owners);
