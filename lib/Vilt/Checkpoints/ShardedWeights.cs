using System.Text.Json;
using static TorchSharp.torch;

namespace Vilt.Checkpoints;

/// <summary>Weights in several files, with an index that says which tensor is in which (<c>model.safetensors.index.json</c>).</summary>
internal sealed class ShardedWeights : ITensorFile
{
    private readonly Dictionary<string, ITensorFile> byTensor = [];

    private ShardedWeights(string path) => Path = path;

    public string Path { get; }

    public IEnumerable<string> Names => byTensor.Keys;

    /// <param name="path">The index.</param>
    /// <param name="open">Opens a file beside it, by name.</param>
    /// <exception cref="InvalidDataException">The index or a file is damaged, or they do not agree.</exception>
    internal static ShardedWeights Open(string path, Func<string, ITensorFile> open)
    {
        var fileByTensor = ReadIndex(path);
        var weights = new ShardedWeights(path);
        try
        {
            foreach (var shard in fileByTensor.Keys.GroupBy(tensor => fileByTensor[tensor]))
            {
                weights.Add(open(shard.Key), shard);
            }

            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The names of the files in an index, in ordinal order.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    internal static IEnumerable<string> FileNames(string path) => ReadIndex(path).Values.Distinct().Order(StringComparer.Ordinal);

    public IReadOnlyList<long> ShapeOf(string name) => byTensor[name].ShapeOf(name);

    public void ReadInto(string name, Tensor target) => byTensor[name].ReadInto(name, target);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in byTensor.Values.Distinct())
        {
            file.Dispose();
        }
    }

    private void Add(ITensorFile file, IEnumerable<string> tensors)
    {
        HashSet<string> there = [.. file.Names];
        var missing = tensors.FirstOrDefault(tensor => !there.Contains(tensor));
        if (missing is null)
        {
            foreach (var tensor in tensors)
            {
                byTensor.Add(tensor, file);
            }

            return;
        }

        file.Dispose();
        throw new InvalidDataException($"{Path} says that {missing} is in {System.IO.Path.GetFileName(file.Path)}, but it is not: the files are not from the same checkpoint.");
    }

    private static Dictionary<string, string> ReadIndex(string path)
    {
        try
        {
            var index = JsonSerializer.Deserialize<Index>(File.ReadAllBytes(path));
            if (index?.weight_map is not { Count: > 0 } map)
            {
                throw new InvalidDataException($"{path}: weight_map is missing or empty; expected the file of each tensor.");
            }

            foreach (var (tensor, file) in map)
            {
                if (!IsPlainName(file))
                {
                    throw new InvalidDataException($"{path}: weight_map has {tensor} in \"{file}\"; expected a .safetensors or .bin file beside it.");
                }
            }

            return map;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is not a valid index of weights: {error.Message}", error);
        }
    }

    // The name comes from a file that anyone may have written, and becomes part of a path.
    private static bool IsPlainName(string? file) => file is not null
        && !file.AsSpan().ContainsAny("/\\:\0") && (file.EndsWith(".safetensors", StringComparison.Ordinal) || file.EndsWith(".bin", StringComparison.Ordinal));

    private sealed record Index(Dictionary<string, string>? weight_map);
}
