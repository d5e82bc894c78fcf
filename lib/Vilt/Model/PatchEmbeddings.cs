using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>Pictures to a grid of patch vectors: one linear projection of each patch, written as a strided convolution.</summary>
internal sealed class PatchEmbeddings : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d projection;

    internal PatchEmbeddings(ViltConfig config) : base(nameof(PatchEmbeddings))
    {
        projection = nn.Conv2d(config.NumChannels, config.HiddenSize, config.PatchSize, stride: config.PatchSize);
        RegisterComponents();
    }

    /// <param name="pixelValues">(B, C, H, W), of any floating-point type.</param>
    /// <returns>(B, D, H/patch, W/patch)</returns>
    public override Tensor forward(Tensor pixelValues) => projection.call(pixelValues.to_type(projection.weight.dtype));
}
