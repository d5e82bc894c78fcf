using TorchSharp;
using Vilt.Pipelines;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Tests.Pipelines;

/// <summary>A question on a picture of an elephant, and the model of the Zoo that it is put to.</summary>
internal sealed class ElephantQuestion : IDisposable
{
    public const string Text = "what color is the elephant";

    private readonly DisposeScope scope = NewDisposeScope();

    public static string Picture => Asset("elephant.png");

    public VqaPipeline Vqa { get; } = VqaPipeline.From(Asset("vilt-zoo-finetuned-vqa"));

    public static string Asset(string name) => Path.Combine(Goldens.RepositoryFolder(), "assets", name);

    public VqaExplanation Explain(ExplainOptions options) =>
        Vqa.Explain(Picture, Text, options, cancellationToken: TestContext.Current.CancellationToken);

    public ViltBatch Batch() => Collator.Collate([Vqa.Processor.Encode(Picture, Text)]);

    public void Dispose()
    {
        Vqa.Dispose();
        scope.Dispose();
    }
}
