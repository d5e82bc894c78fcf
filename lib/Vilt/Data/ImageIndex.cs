using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Vilt.Data;

/// <summary>The pictures of a folder by their COCO image id, and the ids by file.</summary>
public sealed partial class ImageIndex
{
    private readonly string folder;
    private readonly Dictionary<long, string> paths = [];
    private readonly Dictionary<string, long> ids = [];

    private ImageIndex(string folder) => this.folder = folder;

    /// <summary>The number of pictures.</summary>
    public int Count => paths.Count;

    /// <summary>Lists the pictures of a folder, without its subfolders; files whose name holds no image id are passed over.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">Two files have the same image id.</exception>
    public static ImageIndex FromFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: no such folder; expected the folder of the pictures.");
        }
        ImageIndex index = new(folder);
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            if (IdFromFileName(Path.GetFileName(path)) is long id) index.Add(id, path);
        }
        return index;
    }

    /// <summary>
    /// The image id in a COCO file name: the twelve digits before ".jpg" or ".png", so "COCO_val2014_000000501080.jpg" is
    /// 501080; null where the name has another form. The rule is the one that the ViLT fine-tuning tutorial uses.
    /// </summary>
    public static long? IdFromFileName(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        Match match = FileName().Match(fileName);
        return match.Success ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The file of a picture.</summary>
    /// <exception cref="KeyNotFoundException">No file of the folder has this image id.</exception>
    public string PathOf(long imageId) => TryPathOf(imageId, out string? path)
        ? path
        : throw new KeyNotFoundException(
            $"{folder}: no picture with image id {imageId}; expected a file whose name ends in {imageId:D12}.jpg or .png.");

    /// <summary>Finds the file of a picture; false if the folder holds none with this image id.</summary>
    public bool TryPathOf(long imageId, [NotNullWhen(true)] out string? path) => paths.TryGetValue(imageId, out path);

    /// <summary>The image id of a file of the folder.</summary>
    /// <param name="path">The file, named as <see cref="PathOf"/> names it.</param>
    /// <exception cref="KeyNotFoundException">The file is not one of the index.</exception>
    public long IdOf(string path) => ids.TryGetValue(path, out long id)
        ? id
        : throw new KeyNotFoundException($"{path}: not a picture of {folder}; expected a path as {nameof(PathOf)} gives it.");

    private void Add(long id, string path)
    {
        if (!paths.TryAdd(id, path))
        {
            throw new InvalidDataException(
                $"{path}: image id {id} is also that of {paths[id]}; expected one file for each id, so remove one.");
        }
        ids.Add(path, id);
    }

    [GeneratedRegex(@"\A.*([0-9]{12})\.(?:jpg|png)\z")]
    private static partial Regex FileName();
}
