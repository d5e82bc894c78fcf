using Vilt.Checkpoints;
using Vilt.Model;
using Vilt.Notebooks.Running;
using Vilt.Processing;

namespace Vilt.Notebooks.Tests;

/// <summary>Untrained checkpoints for the Zoo, with weights so large that answers differ from picture to picture.</summary>
internal static class ZooModel
{
    public const int Seed = 1;

    public static readonly string BodyFolder = Path.Combine(Series.Root()!, "assets", "vilt-zoo-mlm");

    private static readonly ViltConfig Config = ViltConfig.Read(BodyFolder) with { InitializerRange = 0.3, NumHiddenLayers = 1 };

    public static string Save(string folder, params IReadOnlyList<string> answers)
    {
        using var model = new ViltForQuestionAnswering(Config with { Id2Label = answers }, Seed);
        ViltCheckpoint.Save(folder, model, ViltProcessor.Read(BodyFolder));
        return folder;
    }

    public static void SaveWithoutAnswerHead(string folder)
    {
        using var model = new ViltForMaskedLM(Config with { HiddenSize = 32, NumAttentionHeads = 2, IntermediateSize = 64 }, Seed);
        ViltCheckpoint.Save(folder, model, ViltProcessor.Read(BodyFolder));
    }
}
