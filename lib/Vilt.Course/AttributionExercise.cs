using System.Diagnostics;
using System.Runtime.CompilerServices;
using Vilt.Attribution;
using static TorchSharp.torch.nn;

namespace Vilt.Course;

/// <summary>Notebook 5: a <see cref="LayerIntegratedGradients"/> over the input layer of the pixels and the word embeddings.</summary>
[StackTraceHidden]
public static class AttributionExercise
{
    private const string Pixels = "pixelValues";
    private const int LongestName = 30;

    /// <summary>Checks the object.</summary>
    /// <param name="attr">The object.</param>
    /// <param name="m">The wrapped model.</param>
    /// <param name="wordEmbeddings">The model's word table.</param>
    /// <param name="name">The variable, as the cell has it.</param>
    /// <returns>What was understood.</returns>
    /// <exception cref="ExerciseException">It is not done, or not right.</exception>
    public static string Check(
        object? attr, ModelInputWrapper m, Module wordEmbeddings, [CallerArgumentExpression(nameof(attr))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(m);
        var given = Answer.Of<LayerIntegratedGradients>(attr, name, "a LayerIntegratedGradients: look at the word after new");
        if (given.Model != m)
        {
            throw new ExerciseException(
                $"{name} explains {(given.Model is { } other ? ShortName(other) : "a function")}, and not m.",
                "Only m has a layer for the picture. Look at the first argument; and if you have",
                $"run the cell that makes m again, make {name} again too.");
        }

        var layers = given.Layers;
        if (layers.Count != 2)
        {
            throw new ExerciseException(
                $"{name} has {layers.Count} layer{(layers.Count == 1 ? "" : "s")}; the exercise asks for two.",
                "Look at the second argument: it is a list, in brackets.");
        }

        if (layers[0] == wordEmbeddings && layers[1] == m.InputMaps[Pixels])
        {
            throw new ExerciseException("The two layers are in the other order.", "Look at the list in the exercise's text: which one comes first?");
        }

        if (layers[0] != m.InputMaps[Pixels])
        {
            throw new ExerciseException($"Layer 1 is {Describe(layers[0], m)}.", "Look at the table of m's layers: which one does the picture pass through?");
        }

        if (layers[1] != wordEmbeddings)
        {
            throw new ExerciseException(
                $"Layer 2 is {Describe(layers[1], m)}.",
                "Ids are whole numbers and have no gradient. Look at the text above:",
                "what does the model look up for each id, and which layer does that?");
        }

        return "Right: the picture by its input layer, and the words by their embeddings, since ids have no gradient.";
    }

    private static string Describe(Module layer, ModelInputWrapper m) =>
        m.InputMaps.FirstOrDefault(map => map.Value == layer).Key is { } input ? $"the input layer of {input}" : $"a layer {ShortName(layer)}";

    private static string ShortName(Module module)
    {
        var name = module.GetName();
        return name.Length <= LongestName ? name : name[..LongestName] + "…";
    }
}
