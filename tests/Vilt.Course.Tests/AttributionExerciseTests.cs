using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Course.Tests;

public sealed class AttributionExerciseTests : IDisposable
{
    private readonly SmallModel small = new();

    private nn.Module Pixels => small.Wrapped.InputMaps["pixelValues"];

    private nn.Module Words => small.Model.WordEmbeddings;

    public void Dispose() => small.Dispose();

    [Fact]
    public void Pixels_and_words_of_m_are_right() =>
        Assert.StartsWith("Right: ", Check(new LayerIntegratedGradients(small.Wrapped, [Pixels, Words])), StringComparison.Ordinal);

    [Fact]
    public void A_wrong_answer_is_told()
    {
        Says(null, "Not done yet: attr has no value.");
        Says(new IntegratedGradients(small.Logits), "attr is of type IntegratedGradients.");
        Says(new LayerIntegratedGradients(small.Logits, [Pixels, Words]), "attr explains LogitsOnly, and not m.");
        Says(new LayerIntegratedGradients(inputs => small.Wrapped.Forward(inputs), [Pixels, Words]), "attr explains a function, and not m.");
        Says(new LayerIntegratedGradients(small.Wrapped, [Words]), "attr has 1 layer; the exercise asks for two.");
        Says(new LayerIntegratedGradients(small.Wrapped, [Pixels, Words, Words]), "attr has 3 layers; the exercise asks for two.");
        Says(new LayerIntegratedGradients(small.Wrapped, [Words, Pixels]), "The two layers are in the other order.");
        Says(new LayerIntegratedGradients(small.Wrapped, [small.Wrapped.InputMaps["pixelMask"], Words]), "Layer 1 is the input layer of pixelMask.");
        Says(new LayerIntegratedGradients(small.Wrapped, [Pixels, small.Wrapped.InputMaps["inputIds"]]), "Layer 2 is the input layer of inputIds.");
        Says(new LayerIntegratedGradients(small.Wrapped, [Pixels, small.Model]), "Layer 2 is a layer ViltForQuestionAnswering.");
    }

    private void Says(object? attr, string wrong) => Assert.StartsWith(wrong, Unsolved.Message(() => Check(attr)), StringComparison.Ordinal);

    private string Check(object? attr) => AttributionExercise.Check(attr, small.Wrapped, Words);
}
