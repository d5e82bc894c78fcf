using System.Text.Json.Nodes;
using TorchSharp;
using Vilt.Attribution;
using Vilt.Checkpoints;
using Vilt.Model;
using Vilt.Tests.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

/// <summary>The checkpoint under the attribution goldens, wrapped as in the tutorial.</summary>
internal sealed class GoldenVilt : IDisposable
{
    internal GoldenVilt(string folder = "attribution")
    {
        var config = ViltConfig.Read(Goldens.PathOf(folder, "checkpoint"));
        PadTokenId = Array.IndexOf(File.ReadAllLines(Goldens.PathOf(folder, "checkpoint", "vocab.txt")), "[PAD]");
        Model = new ViltForQuestionAnswering(config);
        Model.load_state_dict(Golden.Tensors(folder, "checkpoint", "model.safetensors"));
        Model.eval();
        Logits = new LogitsOf(Model);
        Wrapped = new ModelInputWrapper(Logits);
    }

    internal ViltForQuestionAnswering Model { get; }

    internal nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor> Logits { get; }

    internal ModelInputWrapper Wrapped { get; }

    internal int PadTokenId { get; }

    public void Dispose() => Model.Dispose();

    internal static Dictionary<string, Tensor> Read(params string[] path)
    {
        using var file = Safetensors.Open(Goldens.PathOf(["attribution", .. path]));
        return file.Names.ToDictionary(name => name, name => file.Read(name));
    }

    internal static Dictionary<string, Tensor> Inputs(JsonNode node) => Read($"{node["inputs"]!.GetValue<string>()}.safetensors");

    internal static Tensor?[] Additional(Dictionary<string, Tensor> inputs) =>
        [inputs["attention_mask"], inputs["pixel_mask"], inputs["token_type_ids"]];

    /// <summary>The path of the word embeddings: the second of the file's layers, the first being the wrapper's pixels.</summary>
    internal static string WordsPath(JsonNode file) => file["layers"]![1]!.GetValue<string>();

    internal nn.Module[] Layers(JsonNode file) => [Wrapped.InputMaps["pixelValues"], Model.GetSubmodule(WordsPath(file))];

    /// <summary>The largest |F(input) − F(baseline)| of the examples.</summary>
    internal double OutputDifference(JsonNode node, Dictionary<string, Tensor> inputs, int baselineId)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        Tensor ids = inputs["input_ids"], pixels = inputs["pixel_values"];
        var difference = Wrapped.Forward([ids, pixels, .. Additional(inputs)])
            - Wrapped.Forward([torch.full_like(ids, baselineId), torch.zeros_like(pixels), .. Additional(inputs)]);
        var target = node["target"]!;
        return Enumerable.Range(0, (int)difference.shape[0])
            .Max(i => Math.Abs(difference[i, (target is JsonArray several ? several[i]! : target).GetValue<int>()].item<float>()));
    }

    private sealed class LogitsOf : nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor>
    {
        private readonly ViltForQuestionAnswering model;

        internal LogitsOf(ViltForQuestionAnswering model)
            : base(nameof(LogitsOf))
        {
            this.model = model;
            RegisterComponents();
        }

        public override Tensor forward(
            Tensor inputIds, Tensor pixelValues, Tensor? attentionMask, Tensor? pixelMask, Tensor? tokenTypeIds) =>
            model.call(inputIds, pixelValues, attentionMask, pixelMask, tokenTypeIds, null).Logits;
    }
}
