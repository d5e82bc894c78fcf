using Vilt.Checkpoints.Pickle;

namespace Vilt.Checkpoints;

/// <summary>The names under which transformers saves weights, in the order in which it looks for them.</summary>
internal static class WeightFiles
{
    internal const string Safetensors = "model.safetensors";

    private const string PyTorch = "pytorch_model.bin", Index = ".index.json";

    private static readonly string[] Names = [Safetensors, Safetensors + Index, PyTorch, PyTorch + Index];

    /// <summary>What a message says was looked for.</summary>
    internal static string Expected => string.Join(", ", Names);

    /// <summary>Opens a checkpoint's weights.</summary>
    /// <param name="locate">Gives the path of one of the checkpoint's files by its name, or null if it has none of this name.</param>
    /// <returns>The weights, or null if there are none.</returns>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    internal static ITensorFile? Open(Func<string, string?> locate)
    {
        foreach (var name in Names)
        {
            if (locate(name) is not string path)
            {
                continue;
            }

            return name.EndsWith(Index, StringComparison.Ordinal) ? ShardedWeights.Open(path, Shard) : OpenFile(path);
        }

        return null;

        ITensorFile Shard(string name) => OpenFile(locate(name)
            ?? throw new InvalidDataException($"The weights are split into several files, but {name} is missing: get the checkpoint again."));
    }

    /// <summary>The names of the files that <see cref="Open"/> reads: none if there are no weights.</summary>
    /// <param name="locate">Gives the path of one of the checkpoint's files by its name, or null if it has none of this name.</param>
    /// <exception cref="InvalidDataException">An index is damaged.</exception>
    internal static IEnumerable<string> NamesIn(Func<string, string?> locate)
    {
        if (Names.FirstOrDefault(name => locate(name) is not null) is not { } found)
        {
            return [];
        }

        return found.EndsWith(Index, StringComparison.Ordinal) ? [found, .. ShardedWeights.FileNames(locate(found)!)] : [found];
    }

    private static ITensorFile OpenFile(string path) =>
        path.EndsWith(".bin", StringComparison.Ordinal) ? PyTorchFile.Open(path) : SafetensorsFile.Open(path);
}
