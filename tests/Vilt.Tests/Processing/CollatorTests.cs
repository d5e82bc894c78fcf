using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Tests.Processing;

public class CollatorTests
{
    [Fact]
    public void Pads_right_and_bottom_with_zero_and_masks_the_padding()
    {
        using IDisposable scope = NewDisposeScope();
        var batch = Collator.Collate([Example(2, 3), Example(4, 1)]);

        Assert.Equal([2, 3, 4, 3], batch.PixelValues.shape);
        Assert.Equal(int64, batch.PixelMask.dtype);
        var expected = zeros(2, 4, 3, int64);
        expected[0, ..2, ..3] = 1;
        expected[1, ..4, ..1] = 1;
        Assert.True(batch.PixelMask.allclose(expected));
        Assert.True(batch.PixelValues.allclose(expected.unsqueeze(1).expand(2, 3, 4, 3).to_type(float32) * 7));
    }

    [Fact]
    public void Stacks_the_other_fields_in_the_order_of_the_examples()
    {
        using IDisposable scope = NewDisposeScope();
        var batch = Collator.Collate([Example(2, 2, label: 1), Example(2, 2, label: 5)]);

        Assert.Equal(2, batch.Size);
        Assert.Equal(["input_ids", "attention_mask", "token_type_ids", "pixel_values", "pixel_mask", "labels"], batch.Fields.Select(field => field.Name));
        Assert.Equal([1f, 5f], batch.Labels!.data<float>().ToArray());
        Assert.Equal([2, 4], batch.InputIds.shape);
        Assert.Null(Collator.Collate([Example(2, 2)]).Labels);
    }

    [Fact]
    public void Stays_on_the_device_of_the_examples()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor Meta(params long[] shape) => zeros(shape, int64, META);
        var example = new ViltExample(Meta(4), Meta(4), Meta(4), zeros([3, 2, 2], float32, META), zeros([3], float32, META));

        Assert.All(Collator.Collate([example, example]).Fields, field => Assert.Equal(TorchSharp.DeviceType.META, field.Value.device_type));
        Assert.All(Collator.Collate([Example(2, 2)]).To(META).Fields, field => Assert.Equal(TorchSharp.DeviceType.META, field.Value.device_type));
    }

    [Fact]
    public void A_batch_and_its_copy_are_freed_apart_and_leave_nothing_behind()
    {
        var before = LiveTensors.CountAfterCollection();
        using (ViltExample one = Example(2, 3), other = Example(4, 1))
        {
            var batch = Collator.Collate([one, other]);
            using var copy = batch.To(CPU);
            batch.Dispose();
            Assert.Contains(7f, copy.PixelValues.data<float>().ToArray());
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void Refuses_no_examples_unlike_lengths_and_labels_of_some_only()
    {
        using IDisposable scope = NewDisposeScope();
        Assert.Contains("one example", Error([]), StringComparison.Ordinal);
        Assert.Contains("labels", Error([Example(2, 2, label: 1), Example(2, 2)]), StringComparison.Ordinal);
        Assert.Contains("input_ids", Error([Example(2, 2), Example(2, 2, length: 5)]), StringComparison.Ordinal);
    }

    private static string Error(IReadOnlyList<ViltExample> examples) => Assert.Throws<ArgumentException>(() => Collator.Collate(examples)).Message;

    private static ViltExample Example(long height, long width, float? label = null, long length = 4) => new(
        ones(length, int64), ones(length, int64), zeros(length, int64), full([3, height, width], 7f), label is float value ? tensor([value]) : null);
}
