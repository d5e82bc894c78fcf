using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Tests.Native;

/// <summary>Whichever engine multiplies matrices, float32 stays float32: bfloat16 would be off by a hundredth.</summary>
public class MatrixProductsTests
{
    private const double Precision = 1e-6;

    [Theory]
    [InlineData(1, 8, 8)]
    [InlineData(3, 17, 5)]
    [InlineData(64, 128, 512)]
    [InlineData(202, 768, 96)]
    public void Products_and_their_gradients_keep_float32s_precision(int rows, int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(0, CPU);
        Tensor x = randn([rows, inputs], generator: generator), weight = randn([outputs, inputs], generator: generator), bias = randn(outputs, generator: generator);
        var (product, ofX, ofWeight) = Linear(x, weight, bias);
        var (exact, exactOfX, exactOfWeight) = Linear(x.to_type(float64), weight.to_type(float64), bias.to_type(float64));
        Near(exact, product);
        Near(exactOfX, ofX);
        Near(exactOfWeight, ofWeight);
    }

    [Fact]
    public void Products_of_transposed_and_batched_matrices_keep_it_too()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1, CPU);
        Tensor left = randn([6, 40, 33], generator: generator), right = randn([6, 50, 33], generator: generator);
        Near(left.to_type(float64).matmul(right.to_type(float64).transpose(1, 2)), left.matmul(right.transpose(1, 2)));
        Near(left[0].t().to_type(float64).mm(left[1].to_type(float64)), left[0].t().mm(left[1]));
    }

    private static (Tensor Product, Tensor OfX, Tensor OfWeight) Linear(Tensor x, Tensor weight, Tensor bias)
    {
        (x, weight) = (x.detach().requires_grad_(), weight.detach().requires_grad_());
        var product = nn.functional.linear(x, weight, bias);
        product.mul(product.detach()).sum().backward();
        return (product.detach(), x.grad!, weight.grad!);
    }

    private static void Near(Tensor expected, Tensor actual)
    {
        var off = actual.to_type(float64).sub_(expected).abs().max().ToDouble() / expected.abs().max().ToDouble();
        Assert.True(off <= Precision, $"off by {off:g3} of the largest value");
    }
}
