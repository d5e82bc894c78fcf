using System.Diagnostics;
using System.Runtime.CompilerServices;
using TorchSharp;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Course;

/// <summary>Notebook 2: the mask that tells pictures of a batch and their padding apart.</summary>
[StackTraceHidden]
public static class PixelMaskExercise
{
    private static readonly (long Height, long Width)[] Sizes = [(2, 4), (3, 2), (1, 5)];

    /// <summary>Checks the function.</summary>
    /// <param name="maskOf">From pictures (3, h, w) to the mask (B, H, W): 1 for a pixel, 0 for padding.</param>
    /// <param name="name">The variable, as the cell has it.</param>
    /// <returns>What was understood.</returns>
    /// <exception cref="ExerciseException">It is not done, or not right.</exception>
    public static string Check(Delegate? maskOf, [CallerArgumentExpression(nameof(maskOf))] string name = "")
    {
        var given = Answer.Of<Func<IReadOnlyList<Tensor>, Tensor>>(maskOf, name, "a function from IReadOnlyList<Tensor> to Tensor");
        using var scope = NewDisposeScope();
        IReadOnlyList<Tensor> pictures = [.. Sizes.Select(size => rand(3, size.Height, size.Width))];
        var mask = given(pictures) ?? throw new ExerciseException($"{name} returns null.", "Look at its end: what does it give back?");
        var (_, expected) = ViltImageProcessor.Pad(pictures); // (B, H, W)
        CheckShape(mask.shape, expected.shape, name);
        CheckValues(mask.to_type(float64), expected.to_type(float64));
        return "Right: the model looks where the mask is 1 and leaves the padding alone, right and below.";
    }

    private static void CheckShape(long[] shape, long[] expected, string name)
    {
        if (!shape.SequenceEqual(expected))
        {
            throw new ExerciseException(
                $"The mask's shape is ({string.Join(", ", shape)}).",
                $"These pictures ask for ({string.Join(", ", expected)}): how many there are, and the largest",
                $"height and width among them. Look at the first lines of {name}.");
        }
    }

    private static void CheckValues(Tensor mask, Tensor expected)
    {
        using var one = 1.0.ToScalar();
        if (Same(mask, expected))
        {
            return;
        }

        if (Same(mask, ones_like(mask)))
        {
            throw new ExerciseException("The mask is 1 everywhere.", "Smaller pictures have padding: look at how far each of them reaches.");
        }

        if (Same(mask, expected.neg().add(one)))
        {
            throw new ExerciseException("The mask is 1 on the padding.", "Look at the text above: which of the two does 1 stand for?");
        }

        var values = mask.unique().output;
        if (values.numel() > 2)
        {
            throw new ExerciseException("The mask has other values than 0 and 1.", "Look at what is put into it: not the pixels themselves.");
        }

        for (var i = 0; i < Sizes.Length; i++)
        {
            if (!Same(mask[i], expected[i]))
            {
                throw new ExerciseException(
                    $"The mask of a picture of {Sizes[i].Height} × {Sizes[i].Width} is wrong.",
                    $"(Height × width.) It is 1 at {(long)mask[i].sum().item<double>()} places. Look at which index is which side,",
                    "and at where the padding is added.");
            }
        }
    }

    private static bool Same(Tensor a, Tensor b) => a.eq(b).all().item<bool>();
}
