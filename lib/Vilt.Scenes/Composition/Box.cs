namespace Vilt.Scenes.Composition;

/// <summary>A rectangle in scene units: 128 of them are the picture's shorter side. x to the right, y down.</summary>
internal readonly record struct Box(float Left, float Top, float Width, float Height)
{
    public float Right => Left + Width;

    public float Bottom => Top + Height;

    /// <summary>Area of the overlap.</summary>
    public float Overlap(Box other) =>
        MathF.Max(0, MathF.Min(Right, other.Right) - MathF.Max(Left, other.Left)) *
        MathF.Max(0, MathF.Min(Bottom, other.Bottom) - MathF.Max(Top, other.Top));
}
