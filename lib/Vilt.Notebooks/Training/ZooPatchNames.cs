using Vilt.Scenes;
using Vilt.Training.Pretraining;

namespace Vilt.Notebooks.Training;

/// <summary>Names the patches of Zoo pictures by the animal and its color, or the part of the place, that they show.</summary>
internal sealed class ZooPatchNames
{
    private const string Nameless = "";
    private const double LeastShare = 0.25; // of a patch, for it to show something

    private readonly ZooMasks masks;
    private readonly List<string> names;

    private ZooPatchNames(ZooMasks masks)
    {
        this.masks = masks;
        var named = masks.Pictures.SelectMany(picture => picture.Objects).Select(NameOf);
        names = [.. named.Append(Nameless).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The names for a drawn data set; a patch that shows none of these has the name 0.</summary>
    public static PatchNames From(ZooMasks masks)
    {
        var names = new ZooPatchNames(masks);
        return new(names.names.Count, names.Of);
    }

    private static string NameOf(ZooObject shown) => shown.Kind switch
    {
        ZooObjectKind.Animal => $"{shown.Color} {shown.Name}",
        ZooObjectKind.Place => shown.Name,
        ZooObjectKind.Distractor => Nameless,
        _ => throw new InvalidDataException($"{shown.Kind} is not a kind of object."),
    };

    private long[] Of(long imageId, int rows, int columns)
    {
        var picture = masks.Picture(imageId);
        var least = LeastShare * picture.Height / rows * picture.Width / columns;
        var (found, most) = (new long[rows * columns], new int[rows * columns]);
        foreach (var shown in picture.Objects)
        {
            var name = NameOf(shown);
            if (name == Nameless)
            {
                continue;
            }

            var pixels = PixelsInPatches(shown, picture, rows, columns);
            for (var patch = 0; patch < pixels.Length; patch++)
            {
                if (pixels[patch] >= least && pixels[patch] > most[patch])
                {
                    (found[patch], most[patch]) = (names.IndexOf(name), pixels[patch]);
                }
            }
        }

        return found;
    }

    private static int[] PixelsInPatches(ZooObject shown, ZooPicture picture, int rows, int columns)
    {
        var pixels = new int[rows * columns];
        var pixel = 0; // column by column
        for (var run = 0; run < shown.Counts.Count; pixel += shown.Counts[run++])
        {
            for (var i = pixel; run % 2 == 1 && i < pixel + shown.Counts[run]; i++)
            {
                var (x, y) = Math.DivRem(i, picture.Height);
                pixels[y * rows / picture.Height * columns + x * columns / picture.Width]++;
            }
        }

        return pixels;
    }
}
