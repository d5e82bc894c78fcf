using Vilt.Processing;
using static TorchSharp.torch;
using MaskOf = System.Func<System.Collections.Generic.IReadOnlyList<TorchSharp.torch.Tensor>, TorchSharp.torch.Tensor>;

namespace Vilt.Course.Tests;

public class PixelMaskExerciseTests
{
    public static TheoryData<MaskOf, string> WrongAnswers => new()
    {
        { pictures => null!, "maskOf returns null." },
        { pictures => Filled(pictures, (_, _) => 0)[0], "The mask's shape is (3, 5)." },
        { pictures => Filled(pictures, (_, _) => 0).transpose(1, 2), "The mask's shape is (3, 5, 3)." },
        { pictures => ones(pictures.Count, 3, 5), "The mask is 1 everywhere." },
        { pictures => Right(pictures).eq(0), "The mask is 1 on the padding." },
        { pictures => Right(pictures).cumsum(1), "The mask has other values than 0 and 1." },
        { pictures => Right(pictures).flip(1), "The mask of a picture of 2 × 4 is wrong." },
        { pictures => Filled(pictures, (row, column) => row * column), "The mask of a picture of 2 × 4 is wrong." },
    };

    [Fact]
    public void The_processors_mask_is_right() =>
        Assert.StartsWith("Right: ", PixelMaskExercise.Check((MaskOf)Right), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public void A_wrong_answer_is_told_and_no_tensor_stays(MaskOf maskOf, string wrong)
    {
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.StartsWith(wrong, Unsolved.Message(() => PixelMaskExercise.Check(maskOf)), StringComparison.Ordinal);
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static Tensor Right(IReadOnlyList<Tensor> pictures) => ViltImageProcessor.Pad(pictures).PixelMask;

    private static Tensor Filled(IReadOnlyList<Tensor> pictures, Func<int, int, int> value) =>
        stack(pictures.Select(_ => tensor(Enumerable.Range(0, 15).Select(i => (long)Math.Min(1, value(i / 5, i % 5))).ToArray()).reshape(3, 5)));
}
