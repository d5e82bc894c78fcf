using Vilt.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Model;

public sealed class FiniteValuesTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void One_that_is_not_finite_is_found_at_every_place_and_in_every_type(float value)
    {
        using var scope = NewDisposeScope();
        for (var place = 0; place < 37; place++)
        {
            using var values = rand(37);
            values[place] = value;
            Assert.False(FiniteValues.AreAll(values));
            Assert.False(FiniteValues.AreAll(values.to(bfloat16)));
            Assert.False(FiniteValues.AreAll(stack([values, values]).t())); // not contiguous
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    public void Values_are_finite_however_large_and_however_few(ScalarType type)
    {
        using var scope = NewDisposeScope();
        Assert.True(FiniteValues.AreAll(full(37, 3e38f).to(type == ScalarType.Int64 ? ScalarType.Float32 : type)));
        Assert.True(FiniteValues.AreAll(zeros(0).to(type)));
        Assert.True(FiniteValues.AreAll(full(1, -7f).to(type)));
    }
}
