namespace Vilt.Notebooks.Scoring;

/// <summary>Where the path to a picture's pixel values starts.</summary>
internal enum PictureBaseline
{
    /// <summary>Pixel values of 0, which is mid-gray for a model that takes 0.5 off.</summary>
    Zero,

    /// <summary>The picture's own mean color.</summary>
    Mean,
}
