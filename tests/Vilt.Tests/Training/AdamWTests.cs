using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using AdamW = Vilt.Training.AdamW;

namespace Vilt.Tests.Training;

public class AdamWTests
{
    [Theory]
    [InlineData(ScalarType.Float32, 3, 5)] // fused; some values are left of a vector
    [InlineData(ScalarType.Float32, 7, 50_001)] // fused, in ranges
    [InlineData(ScalarType.Float64, 7, 11)] // by torch's operations
    public void Weights_move_as_by_torchs_own(ScalarType dtype, int from, int to)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        Linear model = nn.Linear(from, to, dtype: dtype), other = nn.Linear(from, to, dtype: dtype);
        other.load_state_dict(model.state_dict());
        using var optimizer = new AdamW(model);
        using torch.optim.Optimizer reference = torch.optim.AdamW(other.parameters(), lr: 1e-2, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.01);
        for (var step = 0; step < 4; step++)
        {
            var learningRate = 1e-2 * (step + 1);
            foreach (var (weight, twin) in model.parameters().Zip(other.parameters()))
            {
                using var scale = Math.Pow(10, step - 2).ToScalar();
                weight.grad = randn(weight.shape, dtype).mul(scale);
                twin.grad = weight.grad.clone();
            }

            reference.ParamGroups.Single().LearningRate = learningRate;
            reference.step();

            optimizer.BeginStep(learningRate);
            optimizer.MoveWeights();

            foreach (var (weight, twin) in model.parameters().Zip(other.parameters()))
            {
                Assert.True(weight.allclose(twin, rtol: 1e-6, atol: 1e-6), $"step {step}");
                Assert.Null(weight.grad);
            }
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32, 50_001, float.NaN)] // fused
    [InlineData(ScalarType.Float32, 50_001, 1e30f)] // of which the square is infinite, and moves nothing any more
    [InlineData(ScalarType.Float32, 3, float.PositiveInfinity)]
    [InlineData(ScalarType.Float64, 11, float.NaN)] // by torch's operations
    public void What_is_not_finite_is_told(ScalarType dtype, int size, float wrong)
    {
        using var scope = NewDisposeScope();
        var model = nn.Linear(3, size, hasBias: false, dtype: dtype);
        using var optimizer = new AdamW(model);
        Assert.True(optimizer.IsFinite());
        Move(1f);
        Assert.True(optimizer.IsFinite());
        Move(wrong);
        Assert.False(optimizer.IsFinite());

        void Move(float last)
        {
            using var value = last.ToScalar();
            model.weight.grad = ones_like(model.weight);
            model.weight.grad[size - 1, 2].fill_(value);
            optimizer.BeginStep(1e-3);
            optimizer.MoveWeights();
        }
    }

    [Fact]
    public void A_transposed_gradient_moves_each_weight_by_its_own_value()
    {
        using var scope = NewDisposeScope();
        Linear model = nn.Linear(2, 3, hasBias: false), other = nn.Linear(2, 3, hasBias: false);
        other.load_state_dict(model.state_dict());
        var gradient = tensor(new[] { -1f, 2f, 3f, -4f, 5f, -6f }, [2, 3]).t(); // (3, 2)
        model.weight.grad = gradient;
        other.weight.grad = gradient.contiguous();
        foreach (var moved in (Linear[])[model, other])
        {
            using var optimizer = new AdamW(moved);
            optimizer.BeginStep(0.1);
            optimizer.MoveWeights();
        }

        Assert.True(model.weight.allclose(other.weight));
    }
}
