using System.Diagnostics;
using System.Runtime.CompilerServices;
using Vilt.Attribution;
using Vilt.Evaluation;
using static TorchSharp.torch.nn;

namespace Vilt.Course;

/// <summary>Notebook 6: the probability of an answer while patches of the picture are deleted, one after the other.</summary>
[StackTraceHidden]
public static class DeletionExercise
{
    private const double Tolerance = 1e-4;

    /// <summary>Checks the curve.</summary>
    /// <param name="curve">The probabilities.</param>
    /// <param name="model">The wrapped model, whose second input is the picture.</param>
    /// <param name="arguments">The example, and the answer to look at.</param>
    /// <param name="order">The patches in the order in which they are deleted.</param>
    /// <param name="patchSize">Side of a patch in pixels.</param>
    /// <param name="name">The variable, as the cell has it.</param>
    /// <returns>What was understood.</returns>
    /// <exception cref="ExerciseException">It is not done, or not right.</exception>
    public static string Check(
        object? curve, Module model, AttributionArguments arguments, IReadOnlyList<int> order, int patchSize,
        [CallerArgumentExpression(nameof(curve))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(order);
        var given = Answer.Of<IReadOnlyList<double>>(curve, name, "a List<double>");
        if (given.Count <= 1)
        {
            throw new ExerciseException($"Not done yet: {name} has {given.Count} of {order.Count + 1} points.", "Look at the loop: it has to go through order, and add to the list.");
        }

        if (given.Count != order.Count + 1)
        {
            throw new ExerciseException($"{name} has {given.Count} points, not {order.Count + 1}.", "One for the whole picture, and one for each patch: look at where it is added to.");
        }

        var curves = new PatchCurves(model, patchSize) { Picture = 1 };
        var right = curves.Deletion(arguments, order).Scores;
        if (FirstWrong(given, right) is not { } wrong)
        {
            return "Right: the earlier the answer falls, the better the map has told what the model needs.";
        }

        throw FirstWrong(given, curves.Deletion(arguments, [.. order.Reverse()]).Scores) is null
            ? new ExerciseException("The patches go in the other order.", "Look at what you go through: the largest share comes first.")
            : FirstWrong(given, curves.Deletion(arguments, [.. order.Order()]).Scores) is null
            ? new ExerciseException("The patches go row by row.", "Look at what you go through: it should be the numbers in order.")
            : Math.Abs(given[^1] - right[^1]) < Tolerance
            ? new ExerciseException($"Point {wrong} of {name} is not right, and the last is.", "All patches are deleted in the end, but by the way others than order says.")
            : new ExerciseException(
                $"Point {wrong} of {name} is not right.",
                "Look at the row and the column of a patch: how many patches are in a row, and how",
                "many pixels are in a patch? And each patch stays deleted when the next one goes.");
    }

    private static int? FirstWrong(IReadOnlyList<double> given, IReadOnlyList<double> right)
    {
        var same = given.Zip(right).TakeWhile(pair => Math.Abs(pair.First - pair.Second) < Tolerance).Count();
        return same == right.Count ? null : same;
    }
}
