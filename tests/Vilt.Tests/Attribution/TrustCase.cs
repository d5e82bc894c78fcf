using System.Text.Json.Nodes;
using TorchSharp;
using Vilt.Attribution;
using Vilt.Tests.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

/// <summary>A case of the goldens under <c>trust</c>: captum's other methods, and measures of attributions.</summary>
internal sealed class TrustCase
{
    private static readonly JsonArray All = Goldens.Json("trust", "cases.json")["cases"]!.AsArray();
    private readonly JsonNode node;

    internal TrustCase(string name)
    {
        node = All.Single(candidate => candidate!["name"]!.GetValue<string>() == name)!;
        Inputs = Golden.Tensors("trust", $"{node["inputs"]!.GetValue<string>()}.safetensors");
        Expected = Golden.Tensors("trust", $"{name}.safetensors");
    }

    internal Dictionary<string, Tensor> Inputs { get; }

    internal Dictionary<string, Tensor> Expected { get; }

    internal Tensor Ids => Inputs["input_ids"];

    internal Tensor Pixels => Inputs["pixel_values"];

    /// <summary>What the forward function takes after ids and pixels.</summary>
    internal Tensor?[] Additional => [Inputs["attention_mask"], Inputs["pixel_mask"], Inputs["token_type_ids"]];

    internal Target Target => node["target"] switch
    {
        null => default,
        JsonArray several => several.Select(target => target!.GetValue<int>()).ToArray(),
        var one => one.GetValue<int>(),
    };

    /// <summary>The cases that show what a method gives.</summary>
    internal static TheoryData<string> OfMethod(string method) => Names(node => node["measure"] is null && node["method"]!.GetValue<string>() == method);

    /// <summary>The cases that show what a measure gives.</summary>
    internal static TheoryData<string> OfMeasure(string measure) => Names(node => node["measure"]?.GetValue<string>() == measure);

    private static TheoryData<string> Names(Func<JsonNode, bool> wanted) =>
        [.. All.Where(node => wanted(node!)).Select(node => node!["name"]!.GetValue<string>())];

    internal T Get<T>(string field) => node[field]!.GetValue<T>();

    internal int[] Sizes(string field) => [.. node[field]!.AsArray().Select(size => size!.GetValue<int>())];

    /// <summary>A number for each token, then one for each patch of the picture, row by row.</summary>
    internal Tensor[] TokensAndPatches(int patch)
    {
        long tokens = Ids.shape[1], height = Pixels.shape[2], width = Pixels.shape[3], columns = (width + patch - 1) / patch;
        var patches = new long[height * width];
        for (var i = 0L; i < patches.Length; i++)
        {
            patches[i] = tokens + i / width / patch * columns + i % width / patch;
        }

        var words = Enumerable.Range(0, (int)tokens).Select(token => (long)token).ToArray();
        return [torch.tensor(words).unsqueeze(0), torch.tensor(patches).view(1, 1, height, width)];
    }
}
