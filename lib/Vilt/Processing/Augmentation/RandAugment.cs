using Vilt.Data;

namespace Vilt.Processing.Augmentation;

/// <summary>
/// Changes pictures at random while a model is trained (Cubuk et al. 2020, https://arxiv.org/abs/1909.13719), with the operations and ranges
/// that ViLT's authors use (https://github.com/dandelin/ViLT, vilt/transforms/randaugment.py), which leave out inverting and cutting out,
/// since questions ask for colors and objects.
/// </summary>
/// <param name="Count">How many operations are applied to a picture, one after the other.</param>
/// <param name="Magnitude">How strongly, 0 to 30.</param>
public sealed record RandAugment(int Count = 2, double Magnitude = 9)
{
    private const double Strongest = 30;

    /// <summary>The operations by their names, each with the range of its magnitude.</summary>
    internal static readonly IReadOnlyList<Operation> Operations =
    [
        new("AutoContrast", 0, 1, (image, _) => PointOperations.AutoContrast(image)),
        new("Equalize", 0, 1, (image, _) => PointOperations.Equalize(image)),
        new("Rotate", 0, 30, AffineTransform.Rotate) { HasSign = true },
        new("Posterize", 0, 4, (image, bits) => PointOperations.Posterize(image, Math.Max(1, (int)bits))),
        new("Solarize", 0, 256, PointOperations.Solarize),
        new("SolarizeAdd", 0, 110, PointOperations.SolarizeAdd),
        new("Color", 0.1, 1.9, Enhancements.Color),
        new("Contrast", 0.1, 1.9, Enhancements.Contrast),
        new("Brightness", 0.1, 1.9, Enhancements.Brightness),
        new("Sharpness", 0.1, 1.9, Enhancements.Sharpness),
        new("ShearX", 0, 0.3, AffineTransform.ShearX) { HasSign = true },
        new("ShearY", 0, 0.3, AffineTransform.ShearY) { HasSign = true },
        new("TranslateX", 0, 100, AffineTransform.TranslateX) { HasSign = true },
        new("TranslateY", 0, 100, AffineTransform.TranslateY) { HasSign = true },
    ];

    /// <summary>Changes a picture.</summary>
    /// <param name="image">The picture, of which a changed copy is returned.</param>
    /// <param name="seed">The same seed chooses the same operations.</param>
    public RgbImage Apply(RgbImage image, long seed)
    {
        ArgumentNullException.ThrowIfNull(image);
        var random = new SplitMix64((ulong)seed);
        for (var i = 0; i < Count; i++)
        {
            var operation = Operations[random.Below(Operations.Count)];
            var value = Magnitude / Strongest * (operation.Most - operation.Least) + operation.Least;
            image = operation.Apply(image, operation.HasSign && random.Below(2) == 1 ? -value : value);
        }

        return image;
    }

    /// <summary>One operation.</summary>
    /// <param name="Name">Its name in the authors' program.</param>
    /// <param name="Least">What a magnitude of 0 means.</param>
    /// <param name="Most">What a magnitude of 30 means.</param>
    /// <param name="Apply">Applies it.</param>
    internal sealed record Operation(string Name, double Least, double Most, Func<RgbImage, double, RgbImage> Apply)
    {
        /// <summary>Whether it goes in either direction, chosen at random.</summary>
        public bool HasSign { get; init; }
    }
}
