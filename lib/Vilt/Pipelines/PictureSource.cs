using Vilt.Data;
using Vilt.Processing;

namespace Vilt.Pipelines;

/// <summary>A picture to ask about: the path of a file, or a picture in memory. Both convert to it implicitly.</summary>
public sealed class PictureSource
{
    private readonly string? path;
    private readonly RgbImage? image;

    private PictureSource(string? path, RgbImage? image) => (this.path, this.image) = (path, image);

    /// <summary>A picture file; it is read when needed.</summary>
    public static implicit operator PictureSource(string path) => FromString(path);

    /// <summary>A picture in memory.</summary>
    public static implicit operator PictureSource(RgbImage image) => FromRgbImage(image);

    /// <summary>A picture file; it is read when needed.</summary>
    public static PictureSource FromString(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new(path, image: null);
    }

    /// <summary>A picture in memory.</summary>
    public static PictureSource FromRgbImage(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new(path: null, image);
    }

    /// <summary>The picture at the size at which the model sees it.</summary>
    internal RgbImage Resized(ViltImageProcessor processor) => path is null ? processor.Resize(image!) : processor.Resize(path);
}
