using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>The model as attribution needs it: from tensors to the tensor of the answers' scores.</summary>
public sealed class ViltLogits : nn.Module<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>
{
    private readonly ViltForQuestionAnswering model;

    /// <summary>Stands for a model, whose parameters are this module's too.</summary>
    /// <param name="model">The model.</param>
    public ViltLogits(ViltForQuestionAnswering model) : base(nameof(ViltLogits))
    {
        this.model = model;
        RegisterComponents();
    }

    /// <inheritdoc cref="ViltForQuestionAnswering.forward(Tensor, Tensor, Tensor, Tensor, Tensor, Tensor)"/>
    /// <returns>Logits (B, answers); the caller disposes them.</returns>
    public override Tensor forward(Tensor inputIds, Tensor pixelValues, Tensor attentionMask, Tensor pixelMask, Tensor tokenTypeIds) =>
        model.call(inputIds, pixelValues, attentionMask, pixelMask, tokenTypeIds, null).Logits;
}
